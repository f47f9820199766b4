/** Looks around a port that did not open: who owns it, who may use it, who holds it. Reads only; guesses nothing. */
import { readdir, readFile, readlink, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import { listAdapters } from "./adapters.ts";
import type { PortSurroundings } from "./serial-error.ts";

export async function lookAround(path: string): Promise<PortSurroundings> {
  const device = await stat(path).catch(() => undefined);
  const platform = process.platform;
  const exists = device !== undefined || platform === "win32";
  const listing = await listAdapters().catch(() => ({ adapters: [], troubles: [] }));
  const others = listing.adapters.map((adapter) => `${adapter.path} (${adapter.label})`);
  if (platform !== "linux") return { platform, exists, holders: [], modemManager: false, troubles: [], others };
  const [group, processes] = await Promise.all([
    device === undefined ? undefined : groupOf(device.gid),
    processesHolding(path),
  ]);
  return {
    platform,
    exists,
    group: group?.name,
    listed: group?.members.includes(userInfo().username),
    effective: group === undefined ? undefined : (process.getgroups?.().includes(device?.gid ?? -1) ?? false),
    ...processes,
    troubles: listing.troubles.map((trouble) => trouble.text.toString()),
    others,
  };
}

async function groupOf(gid: number): Promise<{ name: string; members: string[] } | undefined> {
  const lines = (await readFile("/etc/group", "utf8").catch(() => "")).split("\n");
  for (const line of lines) {
    const [name, , id, members] = line.split(":");
    if (name !== undefined && Number(id) === gid) return { name, members: (members ?? "").split(",") };
  }
  return undefined;
}

/** Processes of other users hide their files; ModemManager's name shows all the same. */
async function processesHolding(path: string): Promise<{ holders: string[]; modemManager: boolean }> {
  const holders = new Set<string>();
  let modemManager = false;
  for (const pid of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    const name = (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")).trim();
    if (name === "ModemManager") modemManager = true;
    for (const file of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => "");
      if (target === path) holders.add(`${name} (process ${pid})`);
    }
  }
  return { holders: [...holders], modemManager };
}
