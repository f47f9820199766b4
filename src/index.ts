/** plugsmith as a library: the engine and the pure core. Platforms and the virtual plug have entries of their own. */

export { type Accuracy, parseAccuracy } from "./core/calibration/instrument.ts";
export { FINDING_IDS, type Finding, type FindingId } from "./core/doctor/finding.ts";
export {
  ERROR_CODES,
  type ErrorCode,
  type ErrorContext,
  type ErrorDetail,
  type ErrorTexts,
  isPlugsmithError,
  PlugsmithError,
} from "./core/errors.ts";
export { EVENT_VERSION, type EventSink, type JobEvent } from "./core/events.ts";
export type { BuildConfig } from "./core/firmware/build-files.ts";
export { type Examination, type ExamineOptions, examineFirmware } from "./core/firmware/examine.ts";
export { type FirmwareFacts, identifyFirmware } from "./core/firmware/identify.ts";
export type { RunningFirmware } from "./core/firmware/running.ts";
export type { UpgradeImage, UpgradeStage } from "./core/firmware/upgrade-plan.ts";
export type { Guide, GuideTexts } from "./core/guide/guide.ts";
export { parseGuide } from "./core/guide/parse-guide.ts";
export type { FlashMode, FlashSizeName } from "./core/image/header.ts";
export type { CalibrationRecord } from "./core/journal/calibration-record.ts";
export type { ChipIdentity } from "./core/loader/chip.ts";
export { checkDevice, type DeviceFolder, type DeviceProblem } from "./core/profile/check-device.ts";
export type { DeviceFacts, PlaceProblem } from "./core/profile/device.ts";
export type { FirmwarePart, ReadPart } from "./core/profile/firmware-part.ts";
export { type FirmwareProfiles, type Profile, parseProfile } from "./core/profile/profile.ts";
export type { Reading, ReadingAnswer } from "./core/reading/reading.ts";
export { type ReadingQuestion, type TypedReading, typedReading } from "./core/reading/typed-reading.ts";
export type { ReportData } from "./core/report/data.ts";
export { type Observations, SYMPTOMS, type Symptom } from "./core/rescue/observations.ts";
export { type RecoveryOption, type RecoveryOptionId, recoveryOptions } from "./core/rescue/recovery-options.ts";
export type { Answer, AnswerMember, Json } from "./core/tasmota/answer.ts";
export { type Command, parseCommand, query, setting } from "./core/tasmota/command.ts";
export {
  credentialFaults,
  type TransportChoice,
  transportsFor,
  type WifiCredentials,
  type WifiTransport,
} from "./core/tasmota/credentials.ts";
export type { DesiredSetting } from "./core/tasmota/desired.ts";
export type { PlugEvent } from "./core/tasmota/plug-event.ts";
export type { TasmotaProfile } from "./core/tasmota/profile.ts";
export { decodeDmp, encodeDmp } from "./core/tasmota/settings/dmp.ts";
export {
  compareSettings,
  listSettings,
  type SettingsDifference,
  type SettingsEntry,
} from "./core/tasmota/settings/listing.ts";
export { type SettingsSearch, searchSettings } from "./core/tasmota/settings/search.ts";
export { readField, readTexts, type SettingsSector, withField, withText } from "./core/tasmota/settings/sector.ts";
export { checkTemplate, type TemplateFinding } from "./core/tasmota/template/check.ts";
export { type ExplainedTemplate, explainTemplate } from "./core/tasmota/template/explain.ts";
export { parsePublishedList, searchTemplates } from "./core/tasmota/template/published-list.ts";
export {
  convertTemplate,
  parseTemplate,
  readTemplate,
  type Template,
  templateJson,
  toLegacyTemplate,
} from "./core/tasmota/template/template.ts";
export { type Catalogue, type Translation, textIn } from "./core/text/catalogue.ts";
export { type Plural, plural, type Quantity, quantity, say, Text, type TextValue } from "./core/text/text.ts";
export {
  type Calibrated,
  type CalibrationRequest,
  calibrate,
  reapplyCalibration,
  undoCalibration,
} from "./engine/calibration/calibrate.ts";
export { calibrateRow, type RowPlug, type RowRequest, type RowResult } from "./engine/calibration/calibrate-row.ts";
export { openCalibrationRecords } from "./engine/calibration/journal-records.ts";
export type { CalibrationRecords } from "./engine/calibration/records.ts";
export { meterReference, type ReferencePlug, shellyReference } from "./engine/calibration/reference-plug.ts";
export type { ReferenceMethod } from "./engine/calibration/references.ts";
export type { CalibrationParts } from "./engine/calibration/steady-load.ts";
export { verifyMeter } from "./engine/calibration/verify-meter.ts";
export { type Diagnosed, type DiagnoseOptions, diagnose } from "./engine/doctor/diagnose.ts";
export {
  type BuildContext,
  type BuildOptions,
  type BuiltFirmware,
  buildFirmware,
  TASMOTA_SOURCE,
} from "./engine/firmware/build.ts";
export { chooseFirmware, type Downloader, type FirmwareFile, listFirmware } from "./engine/firmware/catalog.ts";
export { type LibraryContext, type ReleaseList, releaseList } from "./engine/firmware/release-list.ts";
export { getFirmware, type StoredFirmware } from "./engine/firmware/store.ts";
export {
  type PreparedUpgrade,
  prepareUpgrade,
  type UpgradeContext,
  type UpgradeOptions,
  type UpgradeResult,
  upgrade,
} from "./engine/firmware/upgrade.ts";
export type * from "./engine/firmware-driver/contract.ts";
export type { FoundPlug, ProofPorts } from "./engine/firmware-driver/finder.ts";
export type { EnergyReading, PlugMeter } from "./engine/firmware-driver/meter.ts";
export type { PlugConfig, SecureOptions } from "./engine/firmware-driver/plug-config.ts";
export { driverFor, FIRMWARE_DRIVERS } from "./engine/firmware-drivers.ts";
export type * from "./engine/flash/contract.ts";
export { openSession } from "./engine/flash/session.ts";
export { type BackupManifest, listBackups, readSealedImage, type SealedBackup } from "./engine/home/backups.ts";
export type { WireRecords } from "./engine/home/contacts.ts";
export { type Home, rememberedPlugs, type SeenPlug } from "./engine/home/plug-records.ts";
export { type ConversionOptions, type ConversionPorts, type ConversionResult, convert } from "./engine/jobs/convert.ts";
export { type AskWhich, type BackupCandidate, type ChosenBackup, chooseBackup } from "./engine/jobs/restore.ts";
export {
  type SetupOptions,
  type SetupPorts,
  type SetupResult,
  type SetupStart,
  setup,
} from "./engine/jobs/setup.ts";
export type * from "./engine/ports.ts";
export type { RescueOptions, RescuePorts, RescueResult } from "./engine/rescue/contract.ts";
export { rescue } from "./engine/rescue/rescue.ts";
export { plugClient } from "./engine/tasmota/address-proof.ts";
export { type AuditOptions, audit, inspect } from "./engine/tasmota/audit.ts";
export type { SendOptions, TasmotaClient } from "./engine/tasmota/client.ts";
export { type CommandLink, commandLink } from "./engine/tasmota/command-link.ts";
export { configure } from "./engine/tasmota/configure.ts";
export { ConsoleClient } from "./engine/tasmota/console-client.ts";
export { tasmotaDriver } from "./engine/tasmota/driver.ts";
export { discover, probe, scanRange } from "./engine/tasmota/find.ts";
export { HttpClient, type HttpClientOptions } from "./engine/tasmota/http-client.ts";
export { tasmotaMeter } from "./engine/tasmota/meter.ts";
export { MqttClient, type MqttClientOptions } from "./engine/tasmota/mqtt-client.ts";
export { PlugConsole } from "./engine/tasmota/plug-console.ts";
export { checkCredentials } from "./engine/tasmota/provision.ts";
export { provision } from "./engine/tasmota/provision-plug.ts";
export {
  proveLocked,
  type SecureContext,
  secure,
} from "./engine/tasmota/secure.ts";
export {
  downloadSettings,
  type RestoreResult,
  restoreSettings,
  type SettingsDownload,
} from "./engine/tasmota/settings-transfer.ts";
export { type RecordedLine, recordedLine } from "./engine/wires/recorded-line.ts";
