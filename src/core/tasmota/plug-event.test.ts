import { describe, expect, test } from "vitest";
import { answerOfLine, parseLogLine } from "./console.ts";
import { eventOfLine, type PlugEvent, WIFI_FAILURES } from "./plug-event.ts";
import { LOG_WORDS, OLDER_WORDS, wordsFor } from "./tables/log-words.ts";

const eventOf = (line: string): PlugEvent => eventOfLine(parseLogLine(`00:00:00.123 ${line}`));
const isOther = (event: PlugEvent): boolean => event.type === "other";

/**
 * D_LOADED_FROM_FLASH_AT, D_SAVED_TO_FLASH_AT, D_COUNT, D_BYTES of Tasmota 15.2, tasmota/language/*.h; the form of the
 * lines: tasmota_support/settings.ino (SettingsLoad, SettingsSave).
 */
// biome-ignore format: a table
const SETTINGS_LINES = [
  ["af_AF", "Uit flash gelaai by", "Gestoor in die flash op", "Telling", "Bytes"],
  ["bg_BG", "Заредено от флаш-паметта от", "Запазено във флаш-паметта на", "Брой", "Байта"],
  ["ca_AD", "Carregat des de flash a", "Guardat a flash a", "Compta", "Bytes"],
  ["cs_CZ", "Staženo z paměti flash z", "Uloženo do paměti flash v", "Počítej", "Bytů"],
  ["de_DE", "aus Flash geladen von", "in Flash gespeichert an", "Anzahl", "Bytes"],
  ["el_GR", "Φορτώθηκε από τη Flash στο", "Αποθηκεύτηκε από τη Flash στο", "Μέτρηση", "Bytes"],
  ["en_GB", "Loaded from flash at", "Saved to flash at", "Count", "Bytes"],
  ["es_ES", "Cargado desde flash en", "Grabado a la flash en", "Conteo", "Bytes"],
  ["fr_FR", "Chargé de la flash à", "Enregistré en flash à", "Compte", "Octets"],
  ["fy_NL", "Laad fanôf flash", "Bewarre yn flash oan", "Nûmer", "Bytes"],
  ["he_HE", "נטען מהפלאש מ", "נשמר לפלאש ב", "סופר", "בייט"],
  ["hu_HU", "Flash-ről betöltve a(z)", "Flash-re mentve a(z)", "Szám", "Byte-ok"],
  ["it_IT", "Caricato dalla flash da", "Salvato nella flash in", "Conteggio", "Byte"],
  ["ko_KO", "플래시에서 로드", "플래시에 저장", "횟수", "Bytes"],
  ["lt_LT", "Įkelta iš Flash at", "Išsaugota į Flash at", "Skaičius", "Bytes"],
  ["nl_NL", "Geladen vanuit flash op", "Opgeslagen in flash op", "Aantal", "Bytes"],
  ["pl_PL", "Wczytano z pamięci flash w", "Zapisano do pamięci flash w", "Licz", "Bajtów"],
  ["pt_BR", "Lido da flash em", "Salvo na flash em", "Contagem", "Bytes"],
  ["pt_PT", "Carregado de flash em", "Guardado para flash em", "Contagem", "Bytes"],
  ["ro_RO", "Încărcat din flash la", "Salvat pe flash la", "Numărătoare", "Bytes"],
  ["ru_RU", "Загружено из флэш-памяти", "Сохранено во флэш-память", "Подсчет", "Байт"],
  ["sk_SK", "Stiahnuté z flash pamäte z", "Uložené do flash pamäte v", "Počítaj", "Bytov"],
  ["sv_SE", "Laddade från flash vid", "Sparade till flash vid", "Räkna", "Bytes"],
  ["tr_TR", "Bellekten (Flash) okundu", "Bellekten (Flash) kaydedidi:", "Sayı", "Bayt"],
  ["uk_UA", "Завантажено з Flash-пам'яті", "Збережено в Flash-пам'ять", "разів", "Байтів"],
  ["vi_VN", "Tải từ bộ nhớ flash tại", "Lưu vào bộ nhớ flash tại", "Đếm", "Bytes"],
  ["zh_CN", "从 flash 载入:", "保存到 flash:", "数量:", "大小:"],
  ["zh_TW", "已從快閃記憶體中讀取，從:", "儲存至快閃記憶體，位於:", "數量:", "大小:"],
] as const;

describe.each(SETTINGS_LINES)("in the language %s", (language, loaded, saved, count, bytes) => {
  test.each(["1", "12", "122", "4012"])("settings that were saved %s times are read as loaded or saved", (saves) => {
    expect(eventOf(`CFG: ${loaded} F8, ${count} ${saves}`)).toEqual({
      type: "settings-loaded",
      sector: 0xf8,
      saves: Number(saves),
    });
    const line = `CFG: ${saved} F7, ${count} ${saves}, ${bytes} 4096`;
    for (let cut = 5; cut <= line.length; cut++) {
      expect(eventOf(line.slice(0, cut)).type, line.slice(0, cut)).not.toBe("settings-loaded");
    }
  });

  const words = LOG_WORDS[language]!;
  const joining = `WIF: ${words.connecting}`;
  const tail = `${words.inMode} 11n ${words.as} plug-1234...`;

  test.each<readonly [line: string, event: PlugEvent]>([
    [
      `${words.project} tasmota - Kitchen plug ${words.version} 15.2.0(release-tasmota)-2_7_8(2025-12-24T15:29:16)`,
      { type: "started", deviceName: "Kitchen plug", version: "15.2.0", image: "release-tasmota" },
    ],
    [
      `${words.project} tasmota demo-sensor ${words.version} 9.5.0(tasmota-sensors)`,
      { type: "started", deviceName: "demo-sensor", version: "9.5.0", image: "tasmota-sensors" },
    ],
    [`CFG: ${words.useDefaults}`, { type: "settings-defaults" }],
    [`${joining}1 HomeNet ${tail}`, { type: "wifi-connecting", ssid: "HomeNet" }],
    [`${joining}2 a b Channel 6 BSSId 00:11:22:33:44:55 ${tail}`, { type: "wifi-connecting", ssid: "a b" }],
    [`${joining} x ${words.as} y ${words.as} plug-1234 ...`, { type: "wifi-connecting", ssid: `x ${words.as} y` }],
    [`${joining}1 ${words.refused} ${tail}`, { type: "wifi-connecting", ssid: words.refused }],
    [`WIF: ${words.connected}`, { type: "wifi-connected" }],
    [`WIF: SSId HomeNet: ${words.connected} - 192.0.2.6`, { type: "wifi-connected" }],
    [`WIF: ${words.notReached}`, { type: "wifi-failed", reason: "network-not-found" }],
    [`WIF: ${words.refused}`, { type: "wifi-failed", reason: "wrong-passphrase" }],
    [`WIF: ${words.timeout}`, { type: "wifi-failed", reason: "no-answer-from-router" }],
    [`WIF: ${words.noAddress}`, { type: "wifi-failed", reason: "no-address" }],
    [`WIF: ${words.accessPoint}`, { type: "access-point-open" }],
    [`WIF: ${words.accessPointAndStation}`, { type: "access-point-open" }],
    [
      `HTP: ${words.webServer} plug-1234.local ${words.withAddress} 192.0.2.6`,
      { type: "web-server", hostname: "plug-1234.local", address: "192.0.2.6" },
    ],
    [`APP: ${words.restarting}`, { type: "restarting" }],
  ])("%s gives its event", (line, event) => {
    expect(eventOf(line)).toEqual(event);
  });

  test("the note that a message is retained is no part of it", () => {
    const answer = answerOfLine(parseLogLine(`00:00:01 MQT: stat/x/RESULT = {"POWER":"ON"} (${words.retained})`));
    expect(answer?.payload).toBe('{"POWER":"ON"}');
    expect(answer?.answer).toBeDefined();
  });
});

test("no failure's words mean two things", () => {
  const kinds = ["notReached", "refused", "timeout", "noAddress", "connected"] as const;
  const all = kinds.flatMap((kind) => wordsFor(kind).map((word) => word.toLowerCase()));
  expect(new Set(all).size).toBe(all.length);
  expect(Object.keys(LOG_WORDS)).toHaveLength(28);
  expect(OLDER_WORDS.restarting).toContain("Перезапуск");
});

/** Lines of public logs: arendst/Tasmota issues 7120, 8316, 1366, the documentation's DeepSleep page, de_DE.h. */
test.each<readonly [line: string, event: Partial<PlugEvent>]>([
  ["CFG: Loaded from File, Count 122", { type: "settings-loaded", sector: undefined, saves: 122 }],
  ["CFG: Saved to flash at FB, Count 821, Bytes 3584", { type: "other" }],
  ["CFG: Saved, Count 821, Bytes 4096", { type: "other" }],
  ["CFG: CR 327/699, Busy 12", { type: "other" }],
  ["Project tasmota demo-sensor Version 9.5.0(tasmota-sensors)", { type: "started", version: "9.5.0" }],
  [
    "Project tasmota Tasmota Version 8.2.0.6(tasmota)-2_7_0",
    { type: "started", deviceName: "Tasmota", version: "8.2.0.6", image: "tasmota" },
  ],
  [
    "Project sonoff3 Sonoff (Topic sonoff3, Fallback DVES_000102, GroupTopic sonoffs) Version 5.10.0a",
    { type: "started", deviceName: "Sonoff", version: "5.10.0", image: undefined },
  ],
  [
    "Project tasmota - Version 1.2.3 Version 14.4.1(tasmota-DE)-2_7_8(2024-12-15T11:26:15)",
    { type: "started", deviceName: "Version 1.2.3", version: "14.4.1", image: "tasmota-DE" },
  ],
  [
    "Projekt tasmota -  Version 14.4.1(tasmota-DE)-2_7_8(2024-12-15T11:26:15)",
    { type: "started", deviceName: "", version: "14.4.1" },
  ],
  ["HTP: Web-Server aktiv bei plug mit IP-Adresse 192.0.2.7", { type: "web-server", hostname: "plug" }],
  ["WIF: Verbindung fehlgeschlagen, da der AP nicht antwortet (timeout)", { reason: "no-answer-from-router" }],
  ["WIF: Connecting to AP1 as in mode Channel in mode 11N as plug-1...", { ssid: "as in mode Channel" }],
  ["WIF: WifiManager active for 3 minutes", { type: "access-point-open" }],
  ["Hello world - nothing 1.2.3 to see", { type: "other" }],
])("%s is read for what it is", (line, event) => {
  expect(eventOf(line)).toMatchObject(event);
});

test.each(["WIF: Connect failed as AP cannot be reached", "WIF: Verbindung fehlgeschlagen, da AP nicht erreicht"])(
  "%s, cut anywhere inside its reason, is no other reason",
  (line) => {
    const plain = line.startsWith("WIF: Connect") ? "WIF: Connect failed" : "WIF: Verbindung fehlgeschlagen";
    for (let cut = plain.length + 2; cut < line.length; cut++) {
      expect(isOther(eventOf(line.slice(0, cut))), line.slice(0, cut)).toBe(true);
    }
  },
);

/** tasmota.ino (FRC), settings.ino (QPC, "Text overflow"), support_command.ino (CMD), support_tasmota.ino (UPL, OTA). */
test.each<readonly [line: string, event: PlugEvent]>([
  ["FRC: Some settings have been reset (6)", { type: "boot-loop-guard", restarts: 6 }],
  ["QPC: Count 5", { type: "power-cycle-count", count: 5 }],
  ["CFG: Text overflow by 12 char(s)", { type: "text-overflow" }],
  ["CMD: Serial buffer overrun", { type: "serial-overrun" }],
  ["UPL: Upload done", { type: "upgrade", text: "Upload done" }],
  ["OTA: Error 6", { type: "upgrade", text: "Error 6" }],
  ["FRC: nothing in brackets", { type: "other", tag: "FRC", text: "nothing in brackets" }],
  ["QPC: Reset", { type: "other", tag: "QPC", text: "Reset" }],
  ["CMD: Power", { type: "other", tag: "CMD", text: "Power" }],
  ["APP: Boot Count 5", { type: "other", tag: "APP", text: "Boot Count 5" }],
  ["HTP: Web server stopped", { type: "other", tag: "HTP", text: "Web server stopped" }],
  ["CFG: LOADED FROM FLASH AT F8, COUNT 3", { type: "settings-loaded", sector: 0xf8, saves: 3 }],
  ["WIF: CONNECTING TO AP1 Home IN MODE 11n AS plug-1...", { type: "wifi-connecting", ssid: "Home" }],
  [
    "HTP: WEB SERVER ACTIVE ON plug WITH IP ADDRESS 192.0.2.7",
    { type: "web-server", hostname: "plug", address: "192.0.2.7" },
  ],
])("%s is the event %j", (line, event) => {
  expect(eventOf(line)).toEqual(event);
});

test.each(Object.entries(WIFI_FAILURES))(
  "the Wi-Fi failure %s has a meaning and a next step",
  (_, { text, nextStep }) => {
    expect(String(text)).toMatch(/^\p{Ll}.*[^.]$/u);
    expect(String(nextStep)).toMatch(/^\p{Lu}.*\.$/u);
  },
);
