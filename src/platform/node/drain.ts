/** Lets everything that is runnable in this process run: promise reactions and what they schedule with setImmediate. */
export async function drain(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
