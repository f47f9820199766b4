/**
 * application/x-www-form-urlencoded and multipart/form-data as Tasmota's web server reads them.
 * Source: WHATWG URL standard (urlencoded serializing), RFC 7578 (multipart), ESP8266WebServer Parsing-impl.h
 * (percent decoding, "+" is a space).
 */

/** Everything but letters, digits and "-._~" is percent-encoded; a space too, which "+" handling cannot spoil. */
export function encodeForm(fields: readonly (readonly [name: string, value: string])[]): string {
  return fields.map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`).join("&");
}

function encodePart(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A file upload of one part. */
export function encodeUpload(
  field: string,
  fileName: string,
  bytes: Uint8Array,
  boundary: string,
): { readonly contentType: string; readonly body: Uint8Array } {
  const encoder = new TextEncoder();
  const head = encoder.encode(
    `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${fileName}"\r\n` +
      "Content-Type: application/octet-stream\r\n\r\n",
  );
  const tail = encoder.encode(`\r\n--${boundary}--\r\n`);
  const body = new Uint8Array(head.length + bytes.length + tail.length);
  body.set(head, 0);
  body.set(bytes, head.length);
  body.set(tail, head.length + bytes.length);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}
