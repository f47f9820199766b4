import { expect, test } from "vitest";
import { forReport } from "./hardware-report.ts";

const BY_ID = "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0";

test("a notice contains neither a port's path nor an adapter's serial number, even truncated", () => {
  const secrets = [BY_ID, "/dev/ttyUSB0", "A50285BI", undefined];
  for (const text of [
    `${BY_ID} is busy: another program has it open.`,
    `${"x".repeat(280)} ${BY_ID}`,
    "The adapter A50285BI went away; /dev/ttyUSB0 is gone.",
    "Cannot open usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0",
  ]) {
    const kept = forReport(text, secrets);
    expect(kept).not.toContain("A50285");
    expect(kept).not.toContain("ttyUSB0");
    expect(kept.length).toBeLessThanOrEqual(300);
  }
  const macos = "/dev/cu.usbserial-A50285BI";
  expect(forReport(`Error: ${macos} and tty.usbserial-A50285BI failed`, [macos])).toBe("Error: … and tty.… failed");
  expect(forReport(`Error: ${macos} failed`, ["/dev/tty.usbserial-A50285BI"])).toBe("Error: /dev/cu.… failed");
});

test("a failure contains neither the user's folder nor more than the maker's half of a MAC", () => {
  const text = "C:\\Users\\Ann\\Temp\\x/plugs/c44f33a1b212 of c4:4f:33:a1:b2:12";
  expect(forReport(text, ["C:\\Users\\Ann\\Temp\\x"])).toBe("…/plugs/c44f33… of c4:4f:33:…");
});
