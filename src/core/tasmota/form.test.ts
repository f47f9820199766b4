import { expect, test } from "vitest";
import { encodeForm, encodeUpload } from "./form.ts";

test("names and values are percent-encoded but for the unreserved characters of RFC 3986", () => {
  expect(encodeForm([["s1", "Küche & Co"]])).toBe("s1=K%C3%BCche%20%26%20Co");
  expect(
    encodeForm([
      ["a b", "AZaz09-._~"],
      ["p", "+=%!'()*"],
    ]),
  ).toBe("a%20b=AZaz09-._~&p=%2B%3D%25%21%27%28%29%2A");
  expect(encodeForm([])).toBe("");
});

test("an upload is one part between boundaries, its bytes untouched (RFC 7578)", () => {
  const bytes = Uint8Array.of(0xe9, 0x0d, 0x0a, 0x00, 0xff);
  const { contentType, body } = encodeUpload("u2", "tasmota.bin", bytes, "b0undary");
  expect(contentType).toBe("multipart/form-data; boundary=b0undary");
  const text = new TextDecoder("latin1").decode(body);
  expect(text).toBe(
    '--b0undary\r\nContent-Disposition: form-data; name="u2"; filename="tasmota.bin"\r\n' +
      "Content-Type: application/octet-stream\r\n\r\n\u00e9\r\n\u0000\u00ff\r\n--b0undary--\r\n",
  );
});
