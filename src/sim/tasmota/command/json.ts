/** How the firmware writes answers. Source: Tasmota tasmota_support/support.ino (EscapeJSONString), support_command.ino. */

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

export function escapeJson(text: string): string {
  return text.replace(/["\\\b\f\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

export function quote(text: string): string {
  return `"${escapeJson(text)}"`;
}

/** {"key":"text"} */
export function answerText(key: string, text: string): string {
  return `{"${key}":${quote(text)}}`;
}

/** {"key":5} */
export function answerNumber(key: string, value: number | string): string {
  return `{"${key}":${value}}`;
}

/** A float with so many decimals; what is no number is null. Source: support_float, ext_printf (%_f). */
export function fixed(value: number, decimals: number): string {
  return Number.isFinite(value) ? value.toFixed(decimals) : "null";
}

export function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}

/** Upper-case hex of an unsigned number. */
export function hex(value: number, width: number): string {
  return (value >>> 0).toString(16).toUpperCase().padStart(width, "0");
}

/** As a buffer in C cuts it. */
export function withinBytes(text: string, bytes: number): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes));
}
