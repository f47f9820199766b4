/** Starts a job and shows it. */
import type { JobOrder } from "../../host/index.ts";
import { host, reaching } from "./connection.ts";
import { goTo } from "./route.ts";

export async function begin(order: JobOrder): Promise<void> {
  const started = await reaching(() => host().start(order));
  if (started !== undefined) goTo({ page: "job", job: started.id });
}
