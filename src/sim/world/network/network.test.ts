import { describe, expect, it } from "vitest";
import { PlugsmithError } from "../../../core/errors.ts";
import { drain } from "../../../platform/node/system.ts";
import type { JoinFailure, StationLink } from "../../board/radio.ts";
import { SimClock } from "../clock.ts";
import { Computer } from "./computer.ts";
import { simHttp } from "./http-client.ts";
import { Lan } from "./lan.ts";
import { RadioMedium } from "./radio-medium.ts";

const MAC = Uint8Array.from([0x5c, 0xcf, 0x7f, 0xa1, 0xb2, 0xc3]);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const plain = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function world() {
  const clock = new SimClock();
  const lan = new Lan(clock);
  const medium = new RadioMedium(clock, 3);
  return { clock, lan, air: medium };
}

/** Joins and says when (s) and with what outcome. */
function attempt(
  medium: RadioMedium,
  ssid: string,
  passphrase: string,
): { outcome: StationLink | JoinFailure | undefined; at: number; lost: boolean } {
  const result = { outcome: undefined as StationLink | JoinFailure | undefined, at: 0, lost: false };
  const settle = (outcome: StationLink | JoinFailure): void => {
    result.outcome = outcome;
    result.at = medium.clock.now / 1e6;
  };
  medium.radio(MAC).join(
    { ssid, passphrase, hostname: "plug" },
    {
      joined: settle,
      failed: settle,
      lost: () => {
        result.lost = true;
      },
    },
  );
  return result;
}

describe("the air", () => {
  it("lets a station with the right passphrase in after association and DHCP", () => {
    const { clock, lan, air: medium } = world();
    medium.add({ ssid: "Home", passphrase: "correct horse", lan });
    const result = attempt(medium, "Home", "correct horse");
    clock.runInternal(10e6);
    expect(result.at).toBeCloseTo(1.6, 3);
    expect((result.outcome as StationLink).machine.address).toBe("192.168.1.50");
  });

  it("gives the same station the same address again", () => {
    const { clock, lan, air: medium } = world();
    medium.add({ ssid: "Home", passphrase: "correct horse", lan });
    const first = attempt(medium, "Home", "correct horse");
    clock.runInternal(3e6);
    const second = attempt(medium, "Home", "correct horse");
    clock.runInternal(6e6);
    expect((second.outcome as StationLink).machine.address).toBe((first.outcome as StationLink).machine.address);
    expect((first.outcome as StationLink).machine.alive()).toBe(false);
  });

  it.each([
    ["a wrong passphrase", "Home", "wrong horse", "wrong-password"],
    ["an unknown name", "Hme", "correct horse", "not-found"],
    ["a passphrase for an open network", "Cafe", "correct horse", "not-found"],
    ["a name that is too long", "x".repeat(33), "correct horse", "refused"],
    ["a passphrase that is too long", "Home", "x".repeat(65), "refused"],
  ])("refuses %s", (_what, ssid, passphrase, why) => {
    const { clock, lan, air: medium } = world();
    medium.add({ ssid: "Home", passphrase: "correct horse", lan });
    medium.add({ ssid: "Cafe", lan });
    const result = attempt(medium, ssid, passphrase);
    clock.runInternal(30e6);
    expect(result.outcome).toBe(why);
  });

  it("takes 64 hex digits for the key that the passphrase makes (IEEE 802.11i annex, test vector)", () => {
    const { clock, lan, air: medium } = world();
    medium.add({ ssid: "IEEE", passphrase: "password", lan });
    const key = "f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e";
    const result = attempt(medium, "IEEE", key.toUpperCase());
    clock.runInternal(3e6);
    expect((result.outcome as StationLink).machine.address).toBe("192.168.1.50");
  });

  it("shows a router that needs minutes first not at all, then without addresses, then whole", () => {
    const { clock, lan, air: medium } = world();
    medium.add({ ssid: "Home", passphrase: "correct horse", lan, heardFrom: 60e6, leasesFrom: 120e6 });
    const early = attempt(medium, "Home", "correct horse");
    clock.runInternal(61e6);
    const middle = attempt(medium, "Home", "correct horse");
    clock.runInternal(121e6);
    const late = attempt(medium, "Home", "correct horse");
    clock.runInternal(130e6);
    expect([early.outcome, middle.outcome]).toEqual(["not-found", "no-address"]);
    expect((late.outcome as StationLink).ssid).toBe("Home");
  });

  it("lets weak signals fail now and then, the same way for the same seed", () => {
    const run = (): unknown[] => {
      const { clock, lan, air: medium } = world();
      medium.add({ ssid: "Home", passphrase: "correct horse", lan, signal: -89 });
      return Array.from({ length: 20 }, () => {
        const result = attempt(medium, "Home", "correct horse");
        clock.runInternal(clock.now + 10e6);
        return typeof result.outcome === "string" ? result.outcome : "joined";
      });
    };
    const outcomes = run();
    expect(new Set(outcomes)).toEqual(new Set(["joined", "not-associated"]));
    expect(run()).toEqual(outcomes);
  });

  it("tells a station some seconds later that its network is gone", () => {
    const { clock, lan, air: medium } = world();
    const router = medium.add({ ssid: "Home", passphrase: "correct horse", lan });
    const result = attempt(medium, "Home", "correct horse");
    clock.runInternal(5e6);
    medium.remove(router);
    clock.runInternal(10e6);
    expect(result.lost).toBe(false);
    clock.runInternal(12e6);
    expect(result.lost).toBe(true);
  });
});

describe("streams on a network", () => {
  function pair() {
    const { clock, lan } = world();
    const plug = lan.join({ name: "plug" });
    const client = lan.join({ name: "client" });
    return { clock, lan, plug, client };
  }

  it("carry bytes both ways in order and end cleanly", () => {
    const { clock, plug, client } = pair();
    const heard: string[] = [];
    plug.listen(80, (stream) => {
      stream.listen({
        data: (bytes) => stream.write(text(plain(bytes).toUpperCase())),
        end: () => stream.end(),
      });
    });
    client.connect(plug.address, 80, {
      connected: (stream) => {
        stream.listen({ data: (bytes) => heard.push(plain(bytes)), closed: (how) => heard.push(how) });
        for (const word of ["a", "b", "c"]) stream.write(text(word));
        stream.end();
      },
      failed: (why) => heard.push(why),
    });
    clock.runInternal(1e6);
    expect(heard).toEqual(["A", "B", "C", "ended"]);
  });

  it("are refused by a closed port at once and find nobody after seconds", () => {
    const { clock, plug, client } = pair();
    const heard: [string, number][] = [];
    for (const [address, port] of [
      [plug.address, 81],
      ["192.168.1.99", 80],
    ] as const) {
      client.connect(address, port, {
        connected: () => heard.push(["connected", clock.now]),
        failed: (why) => heard.push([why, clock.now]),
      });
    }
    clock.runInternal(10e6);
    expect(heard.map(([why]) => why)).toEqual(["refused", "unreachable"]);
    expect(heard[0]![1]).toBeLessThan(10_000);
    expect(heard[1]![1]).toBeGreaterThan(2_900_000);
  });

  it("hang when the other machine vanishes and are reset once it is back", () => {
    const { clock, lan, plug, client } = pair();
    const heard: string[] = [];
    let write = (): void => {};
    plug.listen(80, () => {});
    client.connect(plug.address, 80, {
      connected: (stream) => {
        stream.listen({ closed: (how) => heard.push(how) });
        write = () => stream.write(text("?"));
      },
      failed: (why) => heard.push(why),
    });
    clock.runInternal(1e6);
    plug.vanish();
    write();
    clock.runInternal(2e6);
    expect(heard).toEqual([]);
    lan.join({ name: "plug" });
    write();
    clock.runInternal(3e6);
    expect(heard).toEqual(["reset"]);
  });

  it("lose answers when told to, though the question arrives", () => {
    const { clock, lan, plug, client } = pair();
    const heard: string[] = [];
    plug.listen(80, (stream) => {
      stream.listen({
        data: (bytes) => {
          heard.push(`plug got ${plain(bytes)}`);
          stream.write(text("answer"));
        },
      });
    });
    lan.loseAnswersFrom(plug.address, 1);
    const ask = (word: string): void => {
      client.connect(plug.address, 80, {
        connected: (stream) => {
          stream.listen({ data: (bytes) => heard.push(plain(bytes)) });
          stream.write(text(word));
        },
        failed: (why) => heard.push(why),
      });
    };
    ask("one");
    clock.runInternal(1e6);
    ask("two");
    clock.runInternal(2e6);
    expect(heard).toEqual(["plug got one", "plug got two", "answer"]);
  });
});

describe("the computer", () => {
  function bench() {
    const { clock, lan, air: medium } = world();
    const computer = new Computer(medium, { home: lan });
    const http = simHttp(clock, computer);
    const plug = medium.radio(MAC);
    const own = plug.openAccessPoint({ ssid: "tasmota-A1B2C3-4803", channel: 1 });
    own.machine.listen(80, (stream) => {
      stream.listen({
        data: (bytes) => {
          const path = plain(bytes).split(" ")[1];
          stream.write(text(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n`));
          stream.write(text(`${path!.length.toString(16)}\r\n${path}\r\n0\r\n\r\n`));
        },
      });
    });
    return { clock, lan, air: medium, computer, http, plug, own };
  }

  it("joins the plug's open network, talks to it and comes back", async () => {
    const { clock, computer, http } = bench();
    const story = async (): Promise<unknown> => {
      const wifi = computer.wifi();
      expect((await wifi.scan()).map((network) => network.ssid)).toEqual(["tasmota-A1B2C3-4803"]);
      const back = await wifi.joinOpen("tasmota-A1B2C3-4803");
      expect(computer.addresses).toEqual(["192.168.4.2"]);
      const answer = await http.request({ method: "GET", url: "http://192.168.4.1/wi?s1=a", timeoutMs: 5000 });
      const named = await http.request({ method: "GET", url: "http://anything.example/", timeoutMs: 5000 });
      await back();
      expect(computer.addresses).toEqual(["192.168.1.50"]);
      return [plain(answer.body), plain(named.body)];
    };
    expect(await clock.complete(drain, story())).toEqual(["OK/wi?s1=a", "OK/"]);
  });

  it("is told when the network is not there", async () => {
    const { clock, computer } = bench();
    const outcome = clock.complete(
      drain,
      computer
        .wifi()
        .joinOpen("nowhere")
        .catch((error: PlugsmithError) => error.code),
    );
    expect(await outcome).toBe("wifi-failed");
    expect(computer.addresses).toEqual(["192.168.1.50"]);
  });

  it("is the plug's only station", async () => {
    const { clock, lan, air: medium, computer } = bench();
    await clock.complete(drain, computer.wifi().joinOpen("tasmota-A1B2C3-4803"));
    const other = new Computer(medium, { home: lan, name: "phone" });
    const refused = other.wifi().joinOpen("tasmota-A1B2C3-4803");
    await expect(clock.complete(drain, refused)).rejects.toMatchObject({ code: "wifi-failed" });
  });

  it("falls back to its home network when the plug's goes away", async () => {
    const { clock, computer, own } = bench();
    await clock.complete(drain, computer.wifi().joinOpen("tasmota-A1B2C3-4803"));
    own.stop();
    clock.runInternal(clock.now + 12e6);
    expect(computer.addresses).toEqual(["192.168.1.50"]);
  });

  it("ends a request that is not answered after its timeout, and knows a refusal from it", async () => {
    const { clock, lan, http } = bench();
    const silent = lan.join({ name: "silent" });
    silent.listen(80, () => {});
    const code = (url: string): Promise<unknown> =>
      clock.complete(
        drain,
        http.request({ method: "GET", url, timeoutMs: 2000 }).catch((error) => (error as PlugsmithError).code),
      );
    expect(await code(`http://${silent.address}/`)).toBe("no-answer");
    expect(await code(`http://${silent.address}:81/`)).toBe("network-failed");
    expect(await code("http://nobody.example/")).toBe("network-failed");
  });

  it("honours Content-Length though the server keeps the connection open", async () => {
    const { clock, lan, http } = bench();
    const server = lan.join({ name: "server" });
    server.listen(80, (stream) => {
      stream.listen({ data: () => stream.write(text("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcd")) });
    });
    const answer = await clock.complete(
      drain,
      http.request({ method: "GET", url: "http://server/", timeoutMs: 60_000 }),
    );
    expect(plain(answer.body)).toBe("abc");
    expect(clock.now).toBeLessThan(1e6);
  });

  it("says so when the answer is empty", async () => {
    const { clock, lan, http } = bench();
    lan.join({ name: "server" }).listen(80, (stream) => stream.listen({ data: () => stream.end() }));
    const answer = http.request({ method: "GET", url: "http://server/", timeoutMs: 60_000 });
    await expect(clock.complete(drain, answer)).rejects.toBeInstanceOf(PlugsmithError);
  });
});
