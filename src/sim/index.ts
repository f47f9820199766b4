/** The virtual plug as a library. */
export type {
  AdapterOptions,
  BenchActions,
  BenchFaults,
  BenchOptions,
  SupplyOptions,
  VirtualBench,
  WireState,
  Wiring,
} from "./bench/contract.ts";
export { createBench } from "./bench/create-bench.ts";
export { FIRMWARE_GREETING, type FirmwareLikeOptions, firmwareLikeImage } from "./bench/firmware-like-image.ts";
export {
  benchOptionsOf,
  PLUG_FILES,
  type PlugRecord,
  parsePlug,
  recordOf,
  serialisePlug,
} from "./bench/plug-record.ts";
export { VENDOR_GREETING, vendorImage } from "./bench/vendor-image.ts";
export type { Ether, EtherFrame, EtherStation } from "./board/ether.ts";
export type {
  FirmwareFlash,
  FirmwareHost,
  FirmwareMeter,
  FirmwareModel,
  FirmwarePins,
  FirmwareUart,
  KeptMemory,
  KeptRun,
  ResetCause,
  RunningFirmware,
} from "./board/firmware.ts";
export type {
  HeardNetwork,
  JoinEvents,
  JoinFailure,
  JoinRequest,
  OwnAccessPoint,
  Radio,
  StationLink,
} from "./board/radio.ts";
export type { ChipVariant } from "./chip/efuses.ts";
export { Esp8285 } from "./chip/esp8285.ts";
export type { Esp8285Options } from "./chip/esp8285-options.ts";
export { FLASH_PARTS, type FlashPart, type FlashPartName, type FlashTimings } from "./chip/flash-parts.ts";
export { type FlashStatistics, NorFlash, type NorFlashOptions } from "./chip/nor-flash.ts";
export { type ExecutedPlug, type ExecutedPlugOptions, startExecutedPlug } from "./home/executed-plug.ts";
export {
  type TrialMeter,
  type TrialOptions,
  type TrialPage,
  type TrialResult,
  tryFirmware,
} from "./home/firmware-trial.ts";
export { untilServing } from "./home/serving.ts";
export {
  createVirtualHome,
  HOME_NETWORK,
  KNOWN_FIRMWARES,
  OWN_IMAGES_ONLY,
  type VirtualHome,
  type VirtualHomeOptions,
} from "./home/virtual-home.ts";
export { type PersonOptions, virtualPerson } from "./home/virtual-person.ts";
export { type PacerOptions, RealTimePacer } from "./server/real-time-pacer.ts";
export { serveRfc2217 } from "./server/rfc2217-session.ts";
export { type ClientPort, type ServedSession, serveRaw } from "./server/session.ts";
export { buildModelImage, type ModelImageOptions } from "./tasmota/model-image.ts";
export { isStandInImage, isTasmota } from "./tasmota/tasmota-model.ts";
export { type Drain, SimClock } from "./world/clock.ts";
export { type Appliance, type Draw, Load } from "./world/load.ts";
export { Mains, type MainsOptions } from "./world/mains.ts";
export { MeterChip, type MeterChipOptions, type MeterError, meterError } from "./world/meter-chip.ts";
export { AccessPoint, type AccessPointOptions } from "./world/network/access-point.ts";
export {
  type Call,
  type CallKind,
  CallLedger,
  type CallOutcome,
  type RecordedCall,
} from "./world/network/call-ledger.ts";
export { Computer, type ComputerOptions } from "./world/network/computer.ts";
export { HomeRouter, type HomeRouterOptions } from "./world/network/home-router.ts";
export { simHttp } from "./world/network/http-client.ts";
export { Router, type RouterOptions } from "./world/network/ip/router.ts";
export { Lan, type LanOptions, Machine, type MachineOptions } from "./world/network/lan.ts";
export { type BrokerOptions, simMqtt, VirtualBroker } from "./world/network/mqtt-broker.ts";
export { RadioMedium } from "./world/network/radio-medium.ts";
export { SharedEther } from "./world/network/shared-ether.ts";
export { Stream, type StreamListener } from "./world/network/stream.ts";
export { SeededRandom } from "./world/seeded-random.ts";
export { WifiAccessPoint, type WifiAccessPointOptions } from "./world/wifi/wifi-access-point.ts";
