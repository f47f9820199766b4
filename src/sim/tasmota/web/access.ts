/**
 * Who may do what over HTTP. Source: xdrv_01_9_webserver.ino (HttpCheckPriviledgedAccess, WebAuthenticate);
 * recordings of the auth exchanges.
 */
import type { TasmotaCore } from "../contract.ts";
import { arg, type WebRequest } from "./http-request.ts";

/** WEB_USERNAME. */
const USER = "admin";
/** SetOption128: HTTP API open to requests without the device's own Referer. */
const HTTP_API = 128;
/** Where the host name starts in "http://host/". */
const HOST_AT = 7;

/** The password is right, as HTTP Basic. An access point that only restarts and resets wants none. */
export function basicAuthorised(core: TasmotaCore, request: WebRequest, resetOnly: boolean): boolean {
  const password = core.settings.text("WebPassword");
  if (password === "" || resetOnly) return true;
  const offered = /^Basic (\S+)/.exec(request.headers["authorization"] ?? "")?.[1];
  return offered !== undefined && decodeBase64(offered) === `${USER}:${password}`;
}

/** /cm: in place of Basic, user and password as arguments. */
export function argumentsAuthorised(core: TasmotaCore, request: WebRequest): boolean {
  return arg(request, "user") === USER && arg(request, "password") === core.settings.text("WebPassword");
}

/** The login form of the access point's page. */
export function formAuthorised(core: TasmotaCore, request: WebRequest): boolean {
  const password = core.settings.text("WebPassword");
  return password === "" || (arg(request, "USER1") === USER && arg(request, "PASS1") === password);
}

/** Without the HTTP API only pages of the device itself may ask. Says so in the log when not. */
export function refererAllowed(core: TasmotaCore, request: WebRequest): boolean {
  if (core.settings.option(HTTP_API) === 1 || core.network.managerActive) return true;
  const referer = (request.headers["referer"] ?? "").toUpperCase();
  const own = [core.network.hostname.toUpperCase(), core.network.station.ip];
  if (own.some((name) => referer.indexOf(name) === HOST_AT)) return true;
  const advice = "Use 'SO128 1' for HTTP API commands. 'Webpassword' is recommended.";
  core.log(2, `HTP: Referer '${referer}' denied. ${advice}`);
  return false;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function decodeBase64(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text.replace(/=+$/, "")) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) return "";
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
