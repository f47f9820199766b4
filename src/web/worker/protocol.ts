/** What goes through the port between a page and its worker. Data is packed as for a server, so that texts stay texts. */

export type ToWorker =
  | { readonly kind: "call"; readonly id: number; readonly name: string; readonly given: unknown }
  | { readonly kind: "follow"; readonly id: number; readonly job: string; readonly from: number }
  | { readonly kind: "leave"; readonly id: number };

export type FromWorker =
  | { readonly kind: "answer"; readonly id: number; readonly data: unknown }
  | { readonly kind: "refusal"; readonly id: number; readonly error: unknown }
  | { readonly kind: "event"; readonly id: number; readonly event: unknown }
  /** No event follows. */
  | { readonly kind: "end"; readonly id: number };

/** As much of a MessagePort as both ends use. */
export interface Port {
  postMessage(message: ToWorker | FromWorker): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}
