/** plugsmith as a library: the engine and the pure core. Platforms and the virtual plug have entries of their own. */
export { ERROR_CODES, type ErrorCode, type ErrorDetail, isPlugsmithError, PlugsmithError } from "./core/errors.ts";
export { EVENT_VERSION, type EventSink, type JobEvent } from "./core/events.ts";
export type { FlashMode, FlashSizeName } from "./core/image/header.ts";
export type { ChipIdentity } from "./core/loader/chip.ts";
export type * from "./engine/flash/contract.ts";
export { openSession } from "./engine/flash/session.ts";
export { type BackupManifest, listBackups, readSealedImage, type SealedBackup } from "./engine/home/backups.ts";
export type * from "./engine/ports.ts";
