/** The page that the start file leads to: takes the code out of the address before anything else, and leads on to the workbench. */
import { CODE_KEY } from "./session-keys.ts";

const code = location.hash.slice(1);
if (/^[0-9a-f]{64}$/.test(code)) sessionStorage.setItem(CODE_KEY, code);
location.replace("./");
