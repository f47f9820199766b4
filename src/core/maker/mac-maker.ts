/**
 * Whom the IEEE's registry names as the maker behind a MAC address. A prefix says who registered it, which is the chip's
 * maker where a chip comes with its address, and a module's or a product's maker where they set their own.
 */
import { PREFIXES } from "./mac-prefixes.ts";

export type MacMaker =
  /** Some chip of Espressif's; which one, the chip itself says. */
  | { readonly kind: "espressif" }
  /** A maker of Wi-Fi chips that are not Espressif's. */
  | { readonly kind: "other-chip"; readonly maker: string }
  /** A maker of modules or products, who buys chips from others: the prefix does not say which. */
  | { readonly kind: "product"; readonly maker: string }
  /** Not from the registry: made up by a device, or changed, as phones and access points do (IEEE 802, U/L bit). */
  | { readonly kind: "local" }
  | { readonly kind: "unknown" };

/** They build plugs and modules with chips of several makers. */
const PRODUCTS: readonly string[] = ["Gosund", "Tuya Smart"];

const MAKER_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(PREFIXES).flatMap(([maker, list]) =>
    list
      .trim()
      .split(/\s+/)
      .map((prefix) => [prefix, maker] as const),
  ),
);

/** Set in the first byte of an address that no registry gave out. */
const LOCAL_BIT = 0x02;

/** As pairs, without anything between them, and as Cisco writes it. An IP address is none of these. */
const FORMS = [/^[0-9a-f]{2}([:\- ][0-9a-f]{2}){2,5}$/, /^([0-9a-f]{2}){3,6}$/, /^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/];

/** Lower-case hex digits of a MAC, or of its first three bytes or more; undefined where it is neither. */
export function typedPrefix(typed: string): string | undefined {
  const written = typed.trim().toLowerCase();
  return FORMS.some((form) => form.test(written)) ? written.replace(/[^0-9a-f]/g, "") : undefined;
}

/** @param digits lower-case hex, at least six. */
export function makerOf(digits: string): MacMaker {
  if ((Number.parseInt(digits.slice(0, 2), 16) & LOCAL_BIT) !== 0) return { kind: "local" };
  const maker = MAKER_OF.get(digits.slice(0, 6));
  if (maker === undefined) return { kind: "unknown" };
  if (maker === "Espressif") return { kind: "espressif" };
  return { kind: PRODUCTS.includes(maker) ? "product" : "other-chip", maker };
}
