/** Name and version of this program, from the package's own description. */
import { version } from "../../package.json" with { type: "json" };

export const VERSION: string = version;
export const TOOL: string = `plugsmith ${version}`;
