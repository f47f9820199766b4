/** What the faces use of the engine. */

export {
  type Calibrated,
  type CalibrationRequest,
  calibrate,
  reapplyCalibration,
  undoCalibration,
} from "./calibration/calibrate.ts";
export { calibrateRow, type RowPlug, type RowResult } from "./calibration/calibrate-row.ts";
export { openCalibrationRecords } from "./calibration/journal-records.ts";
export type { CalibrationRecords } from "./calibration/records.ts";
export { meterReference, type ReferencePlug, shellyReference } from "./calibration/reference-plug.ts";
export { type Chain, type ReferenceMethod, TYPICAL_OWN_CONSUMPTION } from "./calibration/references.ts";
export type { CalibrationParts } from "./calibration/steady-load.ts";
export { type MeterVerification, verifyMeter } from "./calibration/verify-meter.ts";
export { capture, captureLines } from "./capture/capture.ts";
export { diagnose } from "./doctor/diagnose.ts";
export { buildFirmware, TASMOTA_SOURCE } from "./firmware/build.ts";
export {
  chooseFirmware,
  type Downloader,
  type FirmwareFile,
  type FirmwareQuery,
  refuseVariant,
} from "./firmware/catalog.ts";
export { CONTAINER_ENGINES } from "./firmware/container.ts";
export { type LibraryContext, type ReleaseList, releaseList } from "./firmware/release-list.ts";
export { namedBuild, readRunning } from "./firmware/running.ts";
export { type ServedAt, serveBy } from "./firmware/serve.ts";
export { getFirmware, heldFirmware, importFirmware, libraryFiles, type StoredFirmware } from "./firmware/store.ts";
export { type PreparedUpgrade, prepareUpgrade, type UpgradeContext, upgrade } from "./firmware/upgrade.ts";
export { upload } from "./firmware/upload.ts";
export type { FoundPlug, ProofPorts } from "./firmware-driver/finder.ts";
export type { PlugConfig, SecureOptions } from "./firmware-driver/plug-config.ts";
export type { FlashPlan, GateOptions, WriteOptions } from "./flash/contract.ts";
export { refuseImage } from "./flash/write-request.ts";
export {
  type BackupManifest,
  checkAgainstManifest,
  flashIdText,
  MANIFEST_BYTES,
  parseManifest,
} from "./home/backups.ts";
export type {
  FirmwareDefault,
  ReferenceDefault,
} from "./home/defaults.ts";
export { freeName, makePrivateFolder, plugFolder, plugsOnRecord, writeWholeFile } from "./home/folders.ts";
export { writeHomeFile } from "./home/home-files.ts";
export { readJournal } from "./home/journal.ts";
export { IMPORT_FOLDER, placePlug, readPlugFolder } from "./home/plug-archive.ts";
export {
  type Home,
  noteClaim,
  readSecrets,
  rememberedPlugs,
  type SeenPlug,
  sameAddress,
  seenPlug,
} from "./home/plug-records.ts";
export { confirm } from "./jobs/confirm.ts";
export { openConversionLog } from "./jobs/conversion-log.ts";
export type { JoinOptions } from "./jobs/conversion-steps.ts";
export type { ConversionOptions, ConversionResult } from "./jobs/convert.ts";
export type { FlashJob, FlashOutcome, FlashRequest } from "./jobs/flash-contract.ts";
export { isToConvertAgain, type KnownPlug, plugOfStep, plugToResume } from "./jobs/known-plug.ts";
export { type FirmwareToWrite, prepareFirmware } from "./jobs/prepare-conversion.ts";
export { writeReport } from "./jobs/report.ts";
export type { SetupStart, SetupStep } from "./jobs/setup.ts";
export type { SingleStep, SingleStepRequest, SingleStepResult } from "./jobs/single-step.ts";
export { type Records, recordStep } from "./jobs/step-record.ts";
export { testerOf, usableTester } from "./jobs/tester.ts";
export { askCredentials, type GivenWifi } from "./jobs/wifi-credentials.ts";
export { type StepWires, type WiresNeeded, wiresForConversion, wiresForStep } from "./jobs/wires-needed.ts";
export type {
  AdapterIdentity,
  ByteLine,
  Clock,
  Files,
  Http,
  Operator,
  OperatorAction,
  OperatorChecklist,
  OperatorChoice,
  OperatorProvision,
  OperatorQuantity,
  OperatorReadings,
  OperatorWork,
  Programs,
} from "./ports.ts";
export type { RescueOptions, RescueResult } from "./rescue/contract.ts";
export { wiresOnRecord } from "./safety/wire-contacts.ts";
export { likelyAddress, passwordsFor, plugClient } from "./tasmota/address-proof.ts";
export { audit } from "./tasmota/audit.ts";
export type { TasmotaClient } from "./tasmota/client.ts";
export { commandLink, macOfPlug } from "./tasmota/command-link.ts";
export { ConsoleClient } from "./tasmota/console-client.ts";
export { discover, probe, scanRange } from "./tasmota/find.ts";
export { HttpClient } from "./tasmota/http-client.ts";
export { tasmotaMeter } from "./tasmota/meter.ts";
export { MqttClient } from "./tasmota/mqtt-client.ts";
export { CONSOLE_BAUD, PlugConsole } from "./tasmota/plug-console.ts";
export { checkCredentials } from "./tasmota/provision.ts";
export { refuseUnusable } from "./tasmota/refuse-unusable.ts";
export { readMoment } from "./tasmota/restart.ts";
export { secure } from "./tasmota/secure.ts";
export { downloadSettings, restoreSettings } from "./tasmota/settings-transfer.ts";
export { abortedError, sleep } from "./time.ts";
export { type RecordedLine, recordedLine } from "./wires/recorded-line.ts";
