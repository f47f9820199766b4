/**
 * The container that Tasmota is built in, and the program that runs it: Docker or Podman.
 * Source: docker-tasmota README.md ("Option 2"), compile.sh and entrypoint.sh: the source mounted at /tasmota, HOST_UID
 * and HOST_GID for the owner of what is built, `-e ENVIRONMENT` for PlatformIO behind the image's name.
 */
import { PlugsmithError } from "../../core/errors.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { Programs } from "../ports.ts";
import { abortedError } from "../time.ts";

export type ContainerEngine = "docker" | "podman";
export const CONTAINER_ENGINES: readonly ContainerEngine[] = ["docker", "podman"];

/** On Docker Hub; Podman needs the registry's name. */
const IMAGE: Readonly<Record<ContainerEngine, string>> = {
  docker: "blakadder/docker-tasmota",
  podman: "docker.io/blakadder/docker-tasmota",
};

export interface ContainerRun {
  readonly name: string;
  /** The source's folder on this computer. */
  readonly folder: string;
  readonly environment: string;
  /** This user, where the platform has such numbers. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

/** The first engine that answers. Errors: program-failed, with what to install or to start. */
export async function findEngine(
  programs: Programs,
  wanted: ContainerEngine | undefined,
  signal?: AbortSignal,
): Promise<ContainerEngine> {
  const silent: Text[] = [];
  for (const name of wanted === undefined ? CONTAINER_ENGINES : [wanted]) {
    // `version` asks the daemon too, and fails where none answers.
    const { status, lastLines } = await programs.run({
      name,
      args: ["version"],
      signal,
    });
    if (signal?.aborted) throw abortedError("build");
    if (status === 0) return name;
    if (status !== undefined) silent.push(say`${name} is installed but does not answer: ${lastLines.at(-1) ?? ""}`);
  }
  if (silent.length > 0) {
    throw failed(
      joined(silent, "; "),
      say`Start it (Docker Desktop, or on Linux \`sudo systemctl start docker\`, and once \`sudo usermod -aG docker $USER\`), then build again.`,
    );
  }
  throw failed(
    wanted === undefined
      ? say`A build needs Docker or Podman, and neither is installed.`
      : say`A build needs ${wanted}, and it is not installed.`,
    say`Install Podman (\`sudo apt install podman\`, \`brew install podman\`) or Docker Desktop. Or use a finished image: \`plugsmith firmware get\`.`,
  );
}

export function containerArguments(engine: ContainerEngine, run: ContainerRun): string[] {
  // Podman without root maps root in the container to this user: what is built is this user's already.
  const owner =
    engine === "docker" && run.user !== undefined
      ? ["-e", `HOST_UID=${run.user.uid}`, "-e", `HOST_GID=${run.user.gid}`]
      : [];
  // Where SELinux guards files, Podman needs the label that gives the folder to this container.
  const mount = `${run.folder}:/tasmota${engine === "podman" ? ":Z" : ""}`;
  return ["run", "--rm", "--name", run.name, "-v", mount, ...owner, IMAGE[engine], "-e", run.environment];
}

export function failed(message: Text, nextStep: Text): PlugsmithError {
  return new PlugsmithError("program-failed", { message, step: "build", plugState: say`untouched`, nextStep });
}
