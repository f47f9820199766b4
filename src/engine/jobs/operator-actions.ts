/** What is asked of the hands at the bench in the same words wherever it is asked. The gates before mains are in engine/safety. */
import { PlugsmithError } from "../../core/errors.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { ByteLine, Clock, ListedItem, Operator } from "../ports.ts";
import { confirmList } from "../safety/confirm-list.ts";
import { sleep } from "../time.ts";

/** How often the line is looked at while an adapter is waited for, ms. */
const POLL_MS = 250;

interface Asking {
  readonly operator: Operator;
  readonly signal?: AbortSignal | undefined;
}

/** The chip is looked for while the person is still at it; whichever comes first ends the asking. */
/** @param powerSign what shows that the board has power, where the device's guide knows. */
export async function whileGpio0IsHeld<T>({ operator }: Asking, work: () => Promise<T>, powerSign?: Text): Promise<T> {
  const asking = new AbortController();
  const asked = operator
    .act(
      {
        id: "ground-gpio0",
        text: joined([
          say`Press the button (GPIO0 to GND) and keep it pressed. Plug the USB adapter in.`,
          ...(powerSign === undefined ? [] : [powerSign]),
          say`Hold it until plugsmith detects the chip. The search is running.`,
        ]),
      },
      asking.signal,
    )
    .catch(() => {});
  try {
    return await work();
  } finally {
    asking.abort();
    await asked;
  }
}

/** For a supply that is too weak for a radio: GPIO0 is set free and nothing started. */
export async function leaveUnstarted({ operator, signal }: Asking): Promise<void> {
  await doInOrder(
    operator,
    "before-first-start",
    say`The first start follows at mains. Now, in this order:`,
    [
      {
        id: "release-gpio0",
        text: say`Let go of the button. From now on, nothing may connect the blue wire (GPIO0) to GND.`,
      },
      { id: "unplug-adapter", text: say`Pull out the USB adapter: the radio must not start on its supply.` },
    ],
    "boot",
    signal,
  );
}

/** Hands at the board: each thing is confirmed by itself. @throws unsafe where the person stops */
export async function doInOrder(
  operator: Operator,
  id: string,
  text: Text,
  items: readonly ListedItem[],
  step: string,
  signal?: AbortSignal,
): Promise<void> {
  const refusal = (open: ListedItem): PlugsmithError =>
    new PlugsmithError("unsafe", {
      message: say`Not done yet: ${open.text}`,
      step,
      plugState: say`as the last finished step left it`,
      nextStep: say`Do it, then give the same command again.`,
    });
  await confirmList({ id, text, items }, { operator, signal, refusal });
}

/** Whether the adapter is there within so many ms. Errors: aborted. */
export async function appearsWithin(
  line: ByteLine,
  clock: Clock,
  patienceMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const deadline = clock.now() + patienceMs;
  while (!line.present) {
    if (clock.now() > deadline) return false;
    await sleep(clock, POLL_MS, signal);
  }
  return true;
}
