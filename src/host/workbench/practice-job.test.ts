import { expect, test } from "vitest";
import type { JobEvent } from "../../core/events.ts";
import { accidentsOf } from "./practice-job.ts";

test("each accident at the virtual bench is announced once, as it happens, with the number so far", () => {
  const incidents: string[] = [];
  const events: JobEvent[] = [];
  const announce = accidentsOf({ incidents }, (event) => events.push(event));
  const seen = (): string[] =>
    events
      .splice(0)
      .map((event) =>
        event.type === "notice"
          ? String(event.text)
          : event.type === "fact"
            ? `${event.name} ${String(event.value)}`
            : event.type,
      );
  announce();
  expect(seen()).toEqual([]);
  incidents.push("first");
  announce();
  expect(seen()).toEqual(["Accident at the virtual bench: first", "accidents 1"]);
  announce();
  expect(seen()).toEqual([]);
  incidents.push("second", "third");
  announce();
  expect(seen()).toEqual([
    "Accident at the virtual bench: second",
    "Accident at the virtual bench: third",
    "accidents 3",
  ]);
});
