/** The headers of every answer: what a page of the workbench may do, and what other pages may do with it. */
import { contentSecurityPolicy } from "../web/content-security-policy.ts";

const NOTHING = ["camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment", "serial", "usb"];

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy("header"),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": NOTHING.map((feature) => `${feature}=()`).join(", "),
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
