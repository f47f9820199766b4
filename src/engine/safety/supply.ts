/** What feeds the plug while it is on wires: a radio that starts on too weak a supply browns out. */
import type { Supply } from "../../core/journal/step-data.ts";
import { say } from "../../core/text/text.ts";
import type { ByteLine, Operator } from "../ports.ts";

/** 3.3 V pins that cannot feed a radio: an FT232R gives 50 mA (FTDI, FT232R datasheet, 3V3OUT). */
const WEAK_ADAPTER = /FT232|FT231|FTDI/i;

/** Below this, mA, a plug with its radio on browns out (Tasmota documentation, Getting Started: at least 150 mA). */
const STRONG_MA = 150;

export async function classifySupply(line: ByteLine, operator: Operator, signal?: AbortSignal): Promise<Supply> {
  const weakAdapter = WEAK_ADAPTER.test(line.identity.label);
  const answer = await operator.choose(
    {
      id: "supply",
      text: weakAdapter
        ? say`The adapter is of the type ${line.identity.label}. Its own 3.3 V pin supplies only 50 mA, which is enough for flashing but not for Wi-Fi. Where will the 3.3 V come from while you flash?`
        : say`Where will the 3.3 V come from while you flash?`,
      options: [
        { id: "adapter-strong", text: say`From the adapter, whose 3.3 V pin supplies ${STRONG_MA} mA or more` },
        { id: "separate", text: say`From a separate 3.3 V supply, with its ground connected to the adapter's` },
        {
          id: "adapter-weak",
          text: say`From the adapter, which supplies less, or I don't know how much (choose this if unsure: Wi-Fi then starts after closing)`,
        },
      ],
    },
    signal,
  );
  if (answer === "separate") return "strong";
  return answer === "adapter-strong" && !weakAdapter ? "strong" : "weak";
}
