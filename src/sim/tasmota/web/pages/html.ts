/**
 * Building blocks of the firmware model's pages. The markup is its own; forms, field names, values and the texts a client
 * looks for are those of Tasmota 15.2 (recordings of the pages).
 */
import { MODEL_NOTICE } from "../../build-facts.ts";
import type { TasmotaCore } from "../../contract.ts";

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A page of the device. `title` follows the device name; in the access point's pages the module is not shown. */
export function page(core: TasmotaCore, title: string, content: string): string {
  const device = escapeHtml(core.settings.text("DeviceName"));
  const module = core.network.managerActive ? "" : escapeHtml(core.moduleName);
  const { number, image, minimal } = core.build;
  const warning = minimal ? "<h3>MINIMAL firmware<br>please upgrade</h3>" : "";
  return [
    `<!DOCTYPE html><html lang="en"><head><meta charset='utf-8'><!-- ${MODEL_NOTICE} -->`,
    `<title>${device} ${title}</title></head><body>`,
    `<noscript>To use Tasmota, please enable JavaScript<br></noscript>${warning}<h3>${module}</h3><h2>${device}</h2>`,
    content,
    `<hr><a href='https://github.com/arendst/Tasmota'>Tasmota ${number} (${image}) by Theo Arends</a>`,
    `<p data-notice>${MODEL_NOTICE}</p></body></html>`,
  ].join("");
}

/** A menu button: a form of its own. */
export function menu(id: string, action: string, label: string): string {
  const identity = id === "" ? "" : `id=${id} `;
  return `<p><form ${identity}action='${action}' method='get'><button>${label}</button></form></p>`;
}

export const MAIN_MENU: string = menu("but2", ".", "Main Menu");
export const CONFIGURATION: string = menu("but3", "cn", "Configuration");

export const SAVE_BUTTON = "<br><button name='save' type='submit'>Save</button>";

export function fieldset(legend: string, content: string): string {
  return `<fieldset><legend><b>&nbsp;${legend}&nbsp;</b></legend>${content}</fieldset>`;
}

export function form(action: string, content: string): string {
  return `<form method='get' action='${action}'>${content}${SAVE_BUTTON}</form>`;
}

/** Text field with its label; the value in brackets is what is in force. */
export function field(
  label: string,
  inForce: string | undefined,
  id: string,
  placeholder: string,
  value: string,
): string {
  const now = inForce === undefined ? "" : ` (${escapeHtml(inForce)})`;
  return `<p><b>${label}</b>${now}<br><input id='${id}' placeholder="${escapeHtml(placeholder)}" value="${escapeHtml(value)}"></p>`;
}

/** Password field with the box that shows it. `shown` is what stands in it: never the password. */
export function passwordField(
  label: string,
  id: string,
  placeholder: string,
  shown: string | undefined,
  extra = "",
): string {
  const value = shown === undefined ? "" : ` value="${shown}"`;
  return (
    `<p><label><b>${label}</b><input type='checkbox'></label><br>` +
    `<input id='${id}' type='password'${extra} placeholder="${placeholder}"${value}></p>`
  );
}

export function checkbox(id: string, label: string, checked: boolean, extra = ""): string {
  return `<label><input id='${id}' type='checkbox'${checked ? " checked" : ""}${extra}><b>${label}</b></label>`;
}

export const RESTART_SOON = "<br><div>Device will restart in a few seconds</div><br>";
