/** The build with programs of that name on the path: they check how they are called, and do what the real ones would. */

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PlugsmithError } from "../../core/errors.ts";
import { packImage } from "../../core/firmware/packing.ts";
import { spellingsOf } from "../../core/tasmota/redact.ts";
import { say } from "../../core/text/text.ts";
import { nodePrograms } from "../../platform/node/programs.ts";
import { buildModelImage } from "../../sim/tasmota/model-image.ts";
import { commandEntry } from "../command.test-support.ts";
import { firmwareCommandWith } from "../commands/firmware.ts";
import { runProgram } from "../program.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";

const SECRETS = { wifi: 'pass"phrase\\ 17', web: "w3b?Secret;%" };
let folder: string;
let home: string;
const path = process.env["PATH"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugsmith-build-"));
  home = join(folder, "home");
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "built.bin"), buildModelImage({ image: "DE" }));
  writeFileSync(join(folder, "built.bin.gz"), packImage(buildModelImage({ image: "DE" })));
});
afterEach(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true, force: true });
});

/** A program that notes its arguments, one a line, and then runs `script`. */
function program(name: string, script: string): void {
  const file = join(folder, "bin", name);
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/${name}-$1.args"\n${script}\n`);
  chmodSync(file, 0o755);
}
const calledWith = (name: string, verb: string): string[] =>
  readFileSync(join(folder, `${name}-${verb}.args`), "utf8")
    .trimEnd()
    .split("\n");

const GIT = 'for last; do :; done; mkdir -p "$last/tasmota"; echo "Cloning into $last"';
/** Notes what the container would find in its /tasmota, says two lines, leaves the build's files. */
const engine = (built: string): string => `
[ "$1" = version ] && exit 0
[ "$1" = kill ] && exit 0
for word; do case "$word" in *:/tasmota*) source="\${word%%:/tasmota*}";; esac; done
ls -ln "$source/tasmota/user_config_override.h" | cut -c1-10 > "${folder}/header-mode"
cp "$source/tasmota/user_config_override.h" "${folder}/header"
cp "$source/platformio_override.ini" "${folder}/ini"
echo "Compiling Tasmota..."
grep STA_PASS1 "$source/tasmota/user_config_override.h" >&2
${built}`;
const BUILT = (name: string, from = "built.bin"): string =>
  [
    `mkdir -p "$source/build_output/firmware"`,
    `out="$source/build_output/firmware/${name}.bin"`,
    `cp "${folder}/${from}" "$out"`,
    `cp "${folder}/built.bin.gz" "$out.gz"`,
  ].join("; ");

async function build(
  argv: readonly string[],
  only: "with-system" | "bare" = "with-system",
): Promise<{ exit: number; out: string; err: string; events: Record<string, unknown>[] }> {
  // Without the system's own programs where a missing one is the point; a shell is found by its path.
  process.env["PATH"] = only === "bare" ? join(folder, "bin") : [join(folder, "bin"), path].join(delimiter);
  const terminal = new FakeTerminal({
    columns: 400,
    env: { PLUGSMITH_WIFI_PASSPHRASE: SECRETS.wifi, PLUGSMITH_WEB_PASSWORD: SECRETS.web },
  });
  const offline = { get: () => Promise.reject(new PlugsmithError("network-failed", { message: say`offline` })) };
  const command = firmwareCommandWith({ downloader: offline, programs: nodePrograms, user: { uid: 1234, gid: 567 } });
  const words = ["firmware", "build", "--release", "15.2.0", "--home", home, ...argv];
  const exit = await runProgram([commandEntry("firmware", command)], words, terminal, new AbortController().signal);
  const events = argv.includes("--json")
    ? terminal.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];
  for (const secret of Object.values(SECRETS)) {
    for (const spelling of spellingsOf(secret)) expect(terminal.stdout + terminal.stderr).not.toContain(spelling);
  }
  return { exit, out: terminal.stdout, err: terminal.stderr, events };
}

test("the container is called as documented, its log becomes events, and its result is inspected and stored", async () => {
  program("git", GIT);
  program("docker", engine(BUILT("tasmota-DE")));
  const { exit, events, out, err } = await build(["--language", "DE", "--ssid", "Home 5", "--json"]);
  expect(exit, out + err).toBe(0);
  const source = join(home, "firmware/source/Tasmota-15.2.0");
  const clone = calledWith("git", "clone");
  expect(clone.slice(0, -1)).toEqual([
    "clone",
    "--depth",
    "1",
    "--branch",
    "v15.2.0",
    "https://github.com/arendst/Tasmota.git",
  ]);
  expect(clone.at(-1)).toMatch(/firmware\/source\/Tasmota-15\.2\.0\.[0-9a-f]{8}$/);
  const call = calledWith("docker", "run");
  expect(call[3]).toMatch(/^plugsmith-build-[0-9a-f]{8}$/);
  expect(call.toSpliced(3, 1)).toEqual([
    ...["run", "--rm", "--name", "-v", `${source}:/tasmota`, "-e", "HOST_UID=1234", "-e", "HOST_GID=567"],
    ...["blakadder/docker-tasmota", "-e", "tasmota-DE"],
  ]);
  expect(events).toContainEqual({ type: "output", step: "build", line: "Compiling Tasmota..." });
  // The compiler showed the line with the passphrase.
  expect(events).toContainEqual({ type: "output", step: "build", line: "#undef STA_PASS1" });
  expect(events).toContainEqual({ type: "output", step: "build", line: '#define STA_PASS1 "****"' });
  const result = events.at(-1) as { data: { path: string; packed: string; facts: object } };
  expect(result.data.facts).toMatchObject({ kind: "tasmota", metering: true, otaImage: "tasmota-DE" });
  expect(result.data.path).toMatch(/tasmota-DE-15\.2\.0-own-local-[0-9a-f]{16}\.bin$/);
  expect(result.data.packed).toMatch(/\.bin\.gz$/);
  expect(readFileSync(result.data.path)).toEqual(readFileSync(join(folder, "built.bin")));
  expect(readFileSync(join(folder, "header"), "utf8")).toContain('#define STA_SSID1 "Home 5"');
  expect(readFileSync(join(folder, "header"), "utf8")).toContain("#define MODULE USER_MODULE");
  expect(readFileSync(join(folder, "ini"), "utf8")).toContain("default_envs = tasmota-DE");
});

test("secrets are in one file for its owner only, in a private folder, and gone when the build is over", async () => {
  program("git", GIT);
  program("docker", engine(BUILT("tasmota")));
  const { exit, out } = await build(["--ssid", "Home"]);
  expect(exit).toBe(0);
  expect(out).toContain("The image contains your passwords");
  expect(readFileSync(join(folder, "header-mode"), "utf8")).toBe("-rw-------\n");
  expect(statSync(join(home, "firmware")).mode & 0o777).toBe(0o700);
  const left = readdirSync(home, { recursive: true, encoding: "utf8" }).map((name) => join(home, name));
  expect(left.filter((file) => file.includes("user_config_override"))).toEqual([]);
  for (const file of left.filter((each) => statSync(each).isFile() && !each.includes(".bin"))) {
    expect(readFileSync(file, "utf8")).not.toContain("STA_PASS1");
  }
  for (const secret of Object.values(SECRETS)) {
    for (const verb of ["docker-run", "git-clone"]) {
      expect(readFileSync(join(folder, `${verb}.args`), "utf8")).not.toContain(secret);
    }
  }
});

test("the source is fetched once, and an earlier build's result is not taken for this one's", async () => {
  program("git", GIT);
  program("docker", engine(BUILT("tasmota")));
  expect((await build([])).exit).toBe(0);
  rmSync(join(folder, "git-clone.args"));
  program("docker", engine("exit 0"));
  const { exit, err } = await build([]);
  expect(exit).toBe(5);
  expect(err).toContain("did not produce tasmota.bin");
  expect(existsSync(join(folder, "git-clone.args"))).toBe(false);
});

test("Podman is called by the image's full name, with a label for its folder and no owner", async () => {
  program("git", GIT);
  program("docker", "echo 'Cannot connect to the Docker daemon.' >&2; exit 1");
  program("podman", engine(BUILT("tasmota")));
  expect((await build([])).exit).toBe(0);
  const call = calledWith("podman", "run").toSpliced(3, 1);
  const mount = `${join(home, "firmware/source/Tasmota-15.2.0")}:/tasmota:Z`;
  expect(call).toEqual(["run", "--rm", "--name", "-v", mount, "docker.io/blakadder/docker-tasmota", "-e", "tasmota"]);
});

test("a missing engine, an unresponsive engine and missing git each have their own error", async () => {
  const none = await build([], "bare");
  expect(none.exit).toBe(5);
  expect(none.err).toContain("A build needs Docker or Podman, and neither is installed.");
  expect(none.err).toContain("apt install podman");
  program(
    "docker",
    "echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?' >&2; exit 1",
  );
  const silent = await build([], "bare");
  expect(silent.exit).toBe(5);
  expect(silent.err).toContain("docker is installed but does not answer: Cannot connect to the Docker daemon");
  expect(silent.err).toContain("systemctl start docker");
  program("docker", "exit 0");
  expect((await build([], "bare")).err).toContain("A build needs git, and it is not installed.");
});

test("a failed fetch or compilation reports the program's reason with secrets masked", async () => {
  program(
    "docker",
    engine('echo "x.h:9: error: $(grep \'define STA_PASS1\' "$source/tasmota/user_config_override.h")" >&2; exit 3'),
  );
  program("git", "echo 'fatal: unable to access https://github.com/: could not resolve host' >&2; exit 128");
  const fetched = await build([]);
  expect(fetched.exit).toBe(5);
  expect(fetched.err).toContain("git could not fetch Tasmota 15.2.0 (status 128): fatal: unable to access");
  program("git", GIT);
  const { exit, err } = await build(["--ssid", "Home"]);
  expect(exit).toBe(5);
  expect(err).toContain('The build failed (status 3): x.h:9: error: #define STA_PASS1 "****"');
});

test("a build without metering is refused by name before and by its bytes after the build", async () => {
  program("git", GIT);
  program("docker", engine(BUILT("tasmota", "lite.bin")));
  writeFileSync(join(folder, "lite.bin"), buildModelImage({ image: "lite", metering: false }));
  expect((await build(["tasmota-lite"])).exit).toBe(4);
  expect(existsSync(join(folder, "git-clone.args"))).toBe(false);
  const { exit, err } = await build([]);
  expect(exit).toBe(4);
  expect(err).toContain("no metering commands");
});

test("every build in docs/firmware.md works as it stands", async () => {
  const page = readFileSync(new URL("../../../docs/firmware.md", import.meta.url), "utf8");
  const lines = page.split("\n").filter((line) => line.startsWith("plugsmith firmware build"));
  expect(lines.length).toBeGreaterThan(2);
  program("git", GIT);
  writeFileSync(join(folder, "wifi.txt"), `${SECRETS.wifi}\n`);
  writeFileSync(join(folder, "web.txt"), `${SECRETS.web}\n`);
  for (const line of lines) {
    const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!).slice(3);
    const built = argv.includes("DE") ? "tasmota-DE" : "tasmota";
    for (const name of ["docker", "podman"]) program(name, engine(BUILT(built)));
    // The release is this test's in any case: there is no internet.
    const { exit, err } = await build([...argv.map((word) => (word.endsWith(".txt") ? join(folder, word) : word))]);
    expect(exit, `${line}\n${err}`).toBe(0);
  }
  expect(readFileSync(join(folder, "header"), "utf8")).not.toContain("STA_SSID1");
});
