/** Upgrade, restore and what an upload came to. Source: recordings; xdrv_01_9_webserver.ino (HandleUploadDone). */
import type { TasmotaCore } from "../../contract.ts";
import { CONFIGURATION, escapeHtml, fieldset, MAIN_MENU, page, RESTART_SOON } from "./html.ts";

function uploadForm(button: string): string {
  return (
    "<form method='post' action='u2?fsz=' enctype='multipart/form-data'><br><input type='file' name='u2'><br><br>" +
    `<button type='submit'>${button}</button></form>`
  );
}

const STARTED = "<div id='f2'><b>Upload started...</b></div>";

export function restorePage(core: TasmotaCore): string {
  const restore = fieldset("Restore", uploadForm("Start restore"));
  const back = core.network.managerActive ? MAIN_MENU : CONFIGURATION;
  return page(core, "Restore", `<div id='f1'>${restore}</div>${STARTED}${back}`);
}

export function upgradePage(core: TasmotaCore): string {
  const url = escapeHtml(core.settings.text("OtaUrl"));
  const fromServer =
    "<form method='get' action='u1'><br><b>OTA Url</b><br>" +
    `<input id='o' placeholder="OTA_URL" value="${url}"><br><br><button type='submit'>Start upgrade</button></form>`;
  const content = fieldset("Use web server", fromServer) + fieldset("Use file upload", uploadForm("Start upgrade"));
  return page(core, "Firmware Upgrade", `<h3>Firmware Upgrade</h3><div id='f1'>${content}</div>${STARTED}${MAIN_MENU}`);
}

export function upgradeStartedPage(core: TasmotaCore): string {
  return page(core, "Information", `<div><b>Upgrade started ...</b></div>${RESTART_SOON}${MAIN_MENU}`);
}

/** @param error undefined for success. */
export function uploadResultPage(core: TasmotaCore, error: string | undefined): string {
  const verdict =
    error === undefined
      ? `<font color='#008000'>Successful</font></b><br>${RESTART_SOON}`
      : `<font color='#ff5661'>Failed</font></b><br><br>${error}`;
  return page(core, "Information", `<div><b>Upload ${verdict}</div><br>${MAIN_MENU}`);
}
