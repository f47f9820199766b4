/** What the faces use of the pure core. */

export { ARCHIVE_BYTES, packPlug, unpackPlug } from "./archive/plug-archive.ts";
export { bugReport } from "./bug-report/bug-report.ts";
export { chunksOf, readBounded } from "./byte-stream.ts";
export { toHex } from "./bytes.ts";
export type { NewConstant } from "./calibration/constants.ts";
export {
  type Accuracy,
  parseAccuracy,
  voltmeterAccuracy,
} from "./calibration/instrument.ts";
export { LOAD_KINDS, type LoadKindName } from "./calibration/load.ts";
export { QUANTITY_TEXTS } from "./calibration/meter.ts";
export type { MeterConstants } from "./calibration/power-factor.ts";
export { COVERAGE_FACTOR, rectangular } from "./calibration/uncertainty.ts";
export { nextStep } from "./conversion/next-step.ts";
export { type ConversionStep, foldConversion } from "./conversion/state.ts";
export { md5Hex, sha256Hex } from "./digest.ts";
export { ERROR_CODES, type ErrorCode, isPlugsmithError, PlugsmithError, withContext } from "./errors.ts";
export { EVENT_VERSION, type EventSink, type JobEvent } from "./events.ts";
export { type Examination, examineFirmware, refuseUnusable } from "./firmware/examine.ts";
export { hasMeter, refuseUnfit } from "./firmware/fitness.ts";
export { type FirmwareFacts, identifyFirmware } from "./firmware/identify.ts";
export { isPacked, unpackImage } from "./firmware/packing.ts";
export { runningText } from "./firmware/running.ts";
export { roomBeside } from "./firmware/space.ts";
export type { UpgradeImage } from "./firmware/upgrade-plan.ts";
export { firmwareVariant } from "./firmware/variants.ts";
export type { ClosingItem, Guide, GuideTexts, GuideUnit, GuideWire } from "./guide/guide.ts";
export { guideText, guideTranslations } from "./guide/guide-text.ts";
export { limitText } from "./guide/limit-text.ts";
export { parseGuide } from "./guide/parse-guide.ts";
export { FLASH_MODES, FLASH_SIZES, type FlashMode, type FlashSizeName, LARGEST_FLASH } from "./image/header.ts";
export { inspectImage } from "./image/inspect.ts";
export type { MeterCheck } from "./journal/calibration-record.ts";
export type { StepData } from "./journal/step-data.ts";
export { isOverNetwork, lineLostMessage } from "./line-lost.ts";
export { parsePortName } from "./port-name.ts";
export { checkDevice, type DeviceFolder } from "./profile/check-device.ts";
export { type Profile, parseProfile, tasmotaOf } from "./profile/profile.ts";
export { type ReadingAnswer, readingFrom, readingText } from "./reading/reading.ts";
export { type ChecklistAnswer, typedChecklist } from "./reading/typed-checklist.ts";
export { typedReading } from "./reading/typed-reading.ts";
export { typedReadings } from "./reading/typed-readings.ts";
export { SYMPTOMS, type Symptom } from "./rescue/observations.ts";
export { recoveryTitle } from "./rescue/recovery-options.ts";
export { stepText } from "./step-id.ts";
export type { Answer } from "./tasmota/answer.ts";
export { type Command, parseCommand, query, setting } from "./tasmota/command.ts";
export { WIFI_TRANSPORTS, type WifiCredentials, type WifiTransport } from "./tasmota/credentials.ts";
export { MainsWatch } from "./tasmota/mains-watch.ts";
export { Redactor } from "./tasmota/redact.ts";
export { decodeDmp } from "./tasmota/settings/dmp.ts";
export { compareSettings, listSettings, type SettingsEntry, summarize } from "./tasmota/settings/listing.ts";
export { searchSettings } from "./tasmota/settings/search.ts";
export { readNumberField, readTexts, type SettingsSector, versionText } from "./tasmota/settings/sector.ts";
export { parseDevice, parseFirmware, parseMeter, parseNetwork, parseWifiLink } from "./tasmota/status.ts";
export { SETTINGS_SIZE } from "./tasmota/tables/settings-fields.ts";
export { TEXT } from "./tasmota/tables/text-pool.ts";
export { checkTemplate, type TemplateFinding } from "./tasmota/template/check.ts";
export { explainTemplate } from "./tasmota/template/explain.ts";
export { PUBLISHED_LIST_URL, parsePublishedList, searchTemplates } from "./tasmota/template/published-list.ts";
export {
  convertTemplate,
  readTemplate,
  templateJson,
  toLegacyTemplate,
  type WrittenTemplate,
} from "./tasmota/template/template.ts";
export { type Catalogue, ENGLISH, textIn, type Worded, wordedIn } from "./text/catalogue.ts";
export { termsIn } from "./text/glossary.ts";
export { asText, decimal, joined, list, type Quantity, quantity, say, type Text, type TextValue } from "./text/text.ts";
export { packed, unpacked } from "./text/text-json.ts";
export { MOST_ANSWER, visible, visibleData, visibleLines } from "./visible.ts";
