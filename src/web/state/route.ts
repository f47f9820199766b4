/** Which page is shown: the address behind "#/", so that one file serves all pages under any path. */
import { signal } from "@preact/signals";

export type Route =
  | { readonly page: "bench" }
  /** A job that runs or ended, whichever it is. */
  | { readonly page: "job"; readonly job: string };

const route = signal<Route>({ page: "bench" });

export function currentRoute(): Route {
  return route.value;
}

export function startRouting(): void {
  const read = (): void => {
    route.value = routeOf(location.hash);
  };
  read();
  addEventListener("hashchange", read);
}

/** An address that is none of ours leads to the bench. */
export function routeOf(hash: string): Route {
  const job = /^#\/job\/([0-9a-f]{8}-[1-9]\d{0,8})$/.exec(hash)?.[1];
  return job === undefined ? { page: "bench" } : { page: "job", job };
}

export function addressOf(to: Route): string {
  return to.page === "job" ? `#/job/${to.job}` : "#/";
}

export function goTo(to: Route): void {
  location.hash = addressOf(to);
}
