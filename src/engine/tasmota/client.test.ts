import { describe, expect, test } from "vitest";
import { recorded } from "../../../test/support/recorded.ts";
import { SimpleLine } from "../../../test/support/simple-line.ts";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { memberOf } from "../../core/tasmota/answer.ts";
import { parseCommand, query, setting } from "../../core/tasmota/command.ts";
import { say } from "../../core/text/text.ts";
import { drain } from "../../platform/node/system.ts";
import { SimClock } from "../../sim/world/clock.ts";
import type { Http, HttpRequest, HttpResponse } from "../ports.ts";
import { ConsoleClient } from "./console-client.ts";
import { HttpClient } from "./http-client.ts";
import { PlugConsole } from "./plug-console.ts";
import { awaitRestart, readMoment } from "./restart.ts";

/** A line with a scripted plug at its end: `answer` gets each whole line that was typed. */
class ScriptedLine extends SimpleLine {
  override baud = 74880;
  readonly writes: { at: number; length: number }[] = [];
  readonly typed: string[] = [];
  readonly #clock: SimClock;
  readonly #answer: (line: string, say: (text: string) => void) => void;
  #buffer = "";

  constructor(clock: SimClock, answer: (line: string, say: (text: string) => void) => void) {
    super("scripted");
    this.#clock = clock;
    this.#answer = answer;
  }

  write(bytes: Uint8Array): Promise<void> {
    this.writes.push({ at: this.#clock.now / 1000, length: bytes.length });
    this.#buffer += new TextDecoder().decode(bytes);
    for (let end = this.#buffer.indexOf("\n"); end >= 0; end = this.#buffer.indexOf("\n")) {
      const line = this.#buffer.slice(0, end);
      this.#buffer = this.#buffer.slice(end + 1);
      if (line === "") continue;
      this.typed.push(line);
      this.#clock.hostAt(this.#clock.now + 20_000, () => this.#answer(line, (text) => this.say(text)));
    }
    return Promise.resolve();
  }

  say(text: string): void {
    this.arrive(new TextEncoder().encode(`00:00:10.000 ${text}\r\n`), this.#clock.now / 1000);
  }
}

async function outcome<T>(clock: SimClock, work: Promise<T>): Promise<T | PlugsmithError> {
  try {
    return await clock.complete(drain, work);
  } catch (error) {
    if (error instanceof PlugsmithError) return error;
    throw error;
  }
}

async function consoleClient(
  answer: (line: string, say: (text: string) => void) => void,
): Promise<{ clock: SimClock; line: ScriptedLine; client: ConsoleClient }> {
  const clock = new SimClock();
  const line = new ScriptedLine(clock, answer);
  return { clock, line, client: new ConsoleClient(await PlugConsole.open(recorded(line, clock), clock.port())) };
}

describe("commands over the serial console", () => {
  test("a serial command is answered after the plug's echo, despite other lines, at Tasmota's speed", async () => {
    const { clock, line, client } = await consoleClient((typed, say) => {
      say('RSL: STATE = {"Time":"1970-01-01T00:00:09","TelePeriod":1}');
      say(`CMD: ${typed}`);
      say('RSL: STATE = {"Time":"1970-01-01T00:00:10"}');
      say("WIF: Connected");
      say('RSL: RESULT = {"TelePeriod":60}');
    });
    const answer = await clock.complete(drain, client.send(setting("TelePeriod", 60)));
    expect(memberOf(answer, "TelePeriod")).toBe(60);
    expect(line.baud).toBe(115200);
  });

  test("a harmless serial command is repeated if its answer was lost", async () => {
    let times = 0;
    const { clock, line, client } = await consoleClient((typed, say) => {
      if (++times < 3) return;
      say(`CMD: ${typed}`);
      say('RSL: RESULT = {"TelePeriod":60}');
    });
    await clock.complete(drain, client.send(setting("TelePeriod", 60)));
    expect(line.typed).toHaveLength(3);
  });

  test("a serial command that must not run twice is not repeated, and the error says that it may have run", async () => {
    const { clock, line, client } = await consoleClient(() => undefined);
    const error = await outcome(clock, client.send(setting("EnergyTotal", 0)));
    expect(isPlugsmithError(error, "no-answer")).toBe(true);
    expect((error as PlugsmithError).plugState).toBe("the command may have been carried out");
    expect(line.typed).toEqual(["EnergyTotal 0"]);
  });

  test("a serial command damaged on the way is not taken for done", async () => {
    const { clock, client } = await consoleClient((typed, say) => {
      say(`CMD: ${typed.replace("60", "6")}`);
      say('RSL: RESULT = {"TelePeriod":10}');
    });
    expect(isPlugsmithError(await outcome(clock, client.send(setting("TelePeriod", 60))), "no-answer")).toBe(true);
  });

  test("a serial command fails when the adapter is unplugged", async () => {
    const { clock, line, client } = await consoleClient(() => line.lose());
    expect(isPlugsmithError(await outcome(clock, client.send(query("Status 5"))), "line-lost")).toBe(true);
  });

  test("a refused serial command reports the reason without the password", async () => {
    const { clock, client } = await consoleClient((typed, say) => {
      say(`CMD: ${typed}`);
      say(`RSL: RESULT = {"Command":"Unknown","Input":"${typed.toUpperCase()}"}`);
    });
    const error = (await outcome(clock, client.send(setting("WebPassword2", "topsecret")))) as PlugsmithError;
    expect(error.code).toBe("command-refused");
    expect([error.message, error.step, error.plugState, error.nextStep].join(" ")).not.toContain("topsecret");
  });

  test("serial commands are sent no faster than the plug empties its buffer", async () => {
    const { clock, line, client } = await consoleClient((typed, say) => {
      say(`CMD: ${typed}`);
      say('RSL: RESULT = {"Mem1":"x"}');
    });
    await clock.complete(drain, client.send(setting("Mem1", "x".repeat(700))));
    for (const [i, write] of line.writes.entries()) {
      expect(write.length).toBeLessThanOrEqual(100);
      if (i > 0) expect(write.at - line.writes[i - 1]!.at).toBeGreaterThanOrEqual(50);
    }
    expect(line.typed[0]).toHaveLength(705);
  });

  test("an abort stops a serial command", async () => {
    const { clock, client } = await consoleClient(() => undefined);
    const abort = new AbortController();
    clock.hostAt(1_000_000, () => abort.abort());
    const error = await outcome(clock, client.send(query("Status"), { signal: abort.signal }));
    expect(isPlugsmithError(error, "aborted")).toBe(true);
    expect(clock.now).toBe(1_000_000);
  });
});

/** An Http port that answers from a list, or fails where the list holds an error. */
function scriptedHttp(answers: (string | number | PlugsmithError)[]): { http: Http; requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  const http: Http = {
    request(request): Promise<HttpResponse> {
      requests.push(request);
      const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
      if (answer instanceof PlugsmithError) return Promise.reject(answer);
      const status = typeof answer === "number" ? answer : 200;
      return Promise.resolve({
        status,
        headers: {},
        body: new TextEncoder().encode(typeof answer === "number" ? "" : answer),
      });
    },
  };
  return { http, requests };
}

describe("commands over HTTP", () => {
  const host = "192.0.2.7";
  const lost = new PlugsmithError("network-failed", { message: say`reset` });

  test("HTTP commands travel in the body and the password in the header, so no URL holds a secret", async () => {
    const clock = new SimClock();
    const { http, requests } = scriptedHttp(['{"MqttPassword":"****"}']);
    const client = new HttpClient({ http, clock: clock.port(), host, password: "web secret" });
    await clock.complete(drain, client.send(setting("MqttPassword2", "broker+secret;%")));
    const [request] = requests;
    expect(request?.url).toBe("http://192.0.2.7/cm");
    expect(new TextDecoder().decode(request?.body)).toBe("cmnd=MqttPassword2%20broker%2Bsecret%3B%25");
    expect(request?.headers?.["Authorization"]).toBe(`Basic ${Buffer.from("admin:web secret").toString("base64")}`);
    expect(request?.headers?.["Referer"]).toBe("http://192.0.2.7/");
  });

  test("HTTP commands survive lost answers, early empty answers and answers to other commands", async () => {
    const clock = new SimClock();
    const { http, requests } = scriptedHttp([lost, "{}", '{"POWER":"ON"}', '{"TelePeriod":60}']);
    const client = new HttpClient({ http, clock: clock.port(), host });
    const answer = await clock.complete(drain, client.send(setting("TelePeriod", 60)));
    expect(memberOf(answer, "TelePeriod")).toBe(60);
    expect(requests).toHaveLength(4);
  });

  test("HTTP commands that must not be repeated are sent once", async () => {
    const clock = new SimClock();
    const { http, requests } = scriptedHttp([lost, '{"VoltageSetCal":1950}']);
    const client = new HttpClient({ http, clock: clock.port(), host });
    expect(isPlugsmithError(await outcome(clock, client.send(parseCommand("VoltageSet 230"))), "no-answer")).toBe(true);
    expect(requests).toHaveLength(1);
  });

  test.each([
    [401, "unauthorized"],
    ['{"WARNING":"Need user=<username>&password=<password>"}', "unauthorized"],
    ["<!DOCTYPE html><html></html>", "unauthorized"],
    ['{"Command":"Error","Input":"SETOPTION999"}', "command-refused"],
  ])("an HTTP answer %j ends the command with %s at once", async (answer, code) => {
    const clock = new SimClock();
    const { http, requests } = scriptedHttp([answer]);
    const client = new HttpClient({ http, clock: clock.port(), host });
    const error = await outcome(clock, client.send(setting("SetOption999", 1)));
    expect(isPlugsmithError(error) && error.code).toBe(code);
    expect(requests).toHaveLength(1);
  });

  test("HTTP commands run one at a time", async () => {
    const clock = new SimClock();
    let open = 0;
    let most = 0;
    const http: Http = {
      request: () =>
        new Promise((resolve) => {
          most = Math.max(most, ++open);
          clock.hostAt(clock.now + 50_000, () => {
            open--;
            resolve({ status: 200, headers: {}, body: new TextEncoder().encode('{"POWER":"ON"}') });
          });
        }),
    };
    const client = new HttpClient({ http, clock: clock.port(), host });
    await clock.complete(drain, Promise.all([1, 2, 3].map(() => client.send(query("Power")))));
    expect(most).toBe(1);
  });
});

describe("restarts", () => {
  const status = (uptime: number): string => `{"StatusSTS":{"Uptime":"0T00:00:00","UptimeSec":${uptime}}}`;
  const lost = new PlugsmithError("network-failed", { message: say`reset` });

  async function watch(
    before: number,
    answers: (string | PlugsmithError)[],
  ): Promise<{ restarted: boolean; asked: number }> {
    const clock = new SimClock();
    const { http, requests } = scriptedHttp([status(before), ...answers]);
    const client = new HttpClient({ http, clock: clock.port(), host: "192.0.2.7" });
    const work = (async () => {
      const moment = await readMoment(client, clock.port());
      return await awaitRestart(client, clock.port(), moment);
    })();
    return { restarted: await clock.complete(drain, work), asked: requests.length };
  }

  test("a restart is over only when the uptime starts from zero and the plug answers", async () => {
    // It still answers while it prepares to restart, is away, then in its silent first seconds.
    const result = await watch(100, [status(101), status(102), lost, lost, lost, lost, "{}", status(2), status(3)]);
    expect(result.restarted).toBe(true);
    expect(result.asked).toBe(10);
  });

  test("a restart that does not happen is awaited no longer than the plug takes to begin one", async () => {
    const result = await watch(100, [101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111].map(status));
    expect(result.restarted).toBe(false);
    expect(result.asked).toBeLessThanOrEqual(11);
  });

  test("a plug that does not return after a restart causes an error with the next step", async () => {
    const clock = new SimClock();
    const { http } = scriptedHttp([status(100), lost]);
    const client = new HttpClient({ http, clock: clock.port(), host: "192.0.2.7" });
    const work = readMoment(client, clock.port()).then((moment) => awaitRestart(client, clock.port(), moment));
    const error = await outcome(clock, work);
    expect(isPlugsmithError(error, "no-answer") && error.nextStep).toMatch(/Wait a minute/);
  });
});
