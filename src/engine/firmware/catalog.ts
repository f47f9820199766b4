/**
 * Official Tasmota releases, as GitHub lists them: names, sizes and the digests that GitHub publishes of each asset.
 * Asked only when a person asks for firmware. Knows nothing of files.
 */
import * as v from "valibot";
import { PlugsmithError } from "../../core/errors.ts";
import { type FirmwareVariant, firmwareVariant } from "../../core/firmware/variants.ts";
import { say } from "../../core/text/text.ts";

/** GitHub REST API, "List releases"; assets carry `digest` ("sha256:…") since June 2025. */
export const RELEASES_URL = "https://api.github.com/repos/arendst/Tasmota/releases?per_page=10";

/** Downloads over HTTPS, redirects followed. Errors: network-failed, no-answer, aborted. */
export interface Downloader {
  get(
    url: string,
    options: {
      readonly limit: number;
      readonly signal?: AbortSignal | undefined;
      /** Bytes so far, and in all where the server said. */
      readonly onProgress?: (done: number, total: number | undefined) => void;
    },
  ): Promise<Uint8Array>;
}

export type FirmwareForm = "bin" | "gz";

export interface FirmwareFile {
  /** "15.2.0". */
  readonly release: string;
  readonly variant: FirmwareVariant;
  /** `bin` goes over the wires and over the air, `gz` only over the air (Tasmota 8.2 and later unpacks it itself). */
  readonly form: FirmwareForm;
  readonly url: string;
  readonly size: number;
  /** Hex; undefined where none is published. */
  readonly sha256: string | undefined;
}

const Releases = v.array(
  v.object({
    tag_name: v.string(),
    draft: v.boolean(),
    prerelease: v.boolean(),
    assets: v.array(
      v.object({
        name: v.string(),
        size: v.number(),
        browser_download_url: v.string(),
        digest: v.optional(v.nullable(v.string())),
      }),
    ),
  }),
);

/** A list of ten releases is some 300 kB. */
const LIST_LIMIT = 4 * 1024 * 1024;

/** Newest first; images for ESP8266 only. */
export async function listFirmware(downloader: Downloader, signal?: AbortSignal): Promise<FirmwareFile[]> {
  const bytes = await downloader.get(RELEASES_URL, { limit: LIST_LIMIT, signal });
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    data = undefined;
  }
  const parsed = v.safeParse(Releases, data);
  if (!parsed.success) {
    throw new PlugsmithError("network-failed", {
      message: say`The list of releases does not have the format that GitHub documents.`,
      step: "prepare",
      nextStep: say`Download the image yourself and give its path.`,
    });
  }
  return parsed.output
    .filter((release) => !release.draft && !release.prerelease)
    .flatMap((release) =>
      release.assets.flatMap((asset): FirmwareFile[] => {
        const [, name, packed] = /^(tasmota[A-Za-z0-9-]*)\.bin(\.gz)?$/.exec(asset.name) ?? [];
        const variant = name === undefined ? undefined : firmwareVariant(name);
        if (variant === undefined || !asset.browser_download_url.startsWith("https://")) return [];
        return [
          {
            release: release.tag_name.replace(/^v/, ""),
            variant,
            form: packed === undefined ? "bin" : "gz",
            url: asset.browser_download_url,
            size: asset.size,
            sha256: /^sha256:([0-9a-f]{64})$/.exec(asset.digest ?? "")?.[1],
          },
        ];
      }),
    );
}

export interface FirmwareQuery {
  readonly variant: string;
  /** Default: the newest that has it. */
  readonly release?: string | undefined;
  /** Default: `bin`. */
  readonly form?: FirmwareForm;
  /** The plug measures: variants that cannot are refused. */
  readonly forMetering: boolean;
  /** No variant is refused. */
  readonly anyVariant?: boolean;
}

/** The file for a plug. @throws bad-argument, not-supported, file-not-found. */
export function chooseFirmware(files: readonly FirmwareFile[], wanted: FirmwareQuery): FirmwareFile {
  const variant = firmwareVariant(wanted.variant);
  refuseVariant(variant, wanted.variant, wanted);
  const form = wanted.form ?? "bin";
  const found = files.find(
    (file) =>
      file.variant.name === variant.name &&
      file.form === form &&
      (wanted.release === undefined || file.release === wanted.release),
  );
  if (found !== undefined) return found;
  const releases = [...new Set(files.map((file) => file.release))];
  const name = `${variant.name}.bin${form === "gz" ? ".gz" : ""}`;
  throw new PlugsmithError("file-not-found", {
    message:
      wanted.release === undefined
        ? say`The latest releases do not contain ${name}. Listed releases: ${releases.join(", ")}.`
        : say`Release ${wanted.release} does not contain ${name}. Listed releases: ${releases.join(", ")}.`,
    step: "prepare",
    nextStep: say`Choose one of these, or give a local file.`,
    context: { release: wanted.release, releases },
  });
}

/** @param name as it was asked for. @throws bad-argument, not-supported. */
export function refuseVariant(
  variant: FirmwareVariant | undefined,
  name: string,
  { forMetering, anyVariant }: Pick<FirmwareQuery, "forMetering" | "anyVariant">,
): asserts variant is FirmwareVariant {
  if (variant === undefined) {
    throw new PlugsmithError("bad-argument", {
      message: say`There is no Tasmota build named ${name} for the ESP8266.`,
      step: "prepare",
      nextStep: say`Use tasmota, or a language build such as tasmota-DE.`,
      context: { variant: name },
    });
  }
  const unfit = !variant.fits1MiB || (forMetering && !variant.metering);
  if (!unfit || anyVariant === true) return;
  throw new PlugsmithError("not-supported", {
    message: say`${variant.name} is not suitable for this plug: ${variant.why}.`,
    step: "prepare",
    nextStep: say`Use tasmota or a language build, or add --any-variant to use it anyway.`,
    context: { variant: variant.name },
  });
}
