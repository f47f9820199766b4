import { isPlugsmithError } from "../../src/core/errors.ts";

/** The code of what an action throws; "other" for an error of no name; undefined where it throws nothing. */
export function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return isPlugsmithError(error) ? error.code : "other";
  }
  return undefined;
}
