/** What the pages of Tasmota 15.2 do beside showing something. Each rule names its function in xdrv_01_9_webserver.ino. */
import { describe, expect, test } from "vitest";
import { plug } from "../../../../test/support/web-plug.ts";

const BASIC = "Authorization: Basic YWRtaW46Z2VoZWltMTI=\r\n";
const LOGIN =
  'HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\nWWW-Authenticate: Basic realm="Login Required"\r\n' +
  "Content-Length: 0\r\nConnection: close\r\n\r\n";

function locked() {
  const world = plug();
  world.texts.set("WebPassword", "geheim12");
  return world;
}

describe("with WebServer 1", () => {
  // HttpCheckPriviledgedAccess: HTTP_USER hands over to HandleRoot, which asks for the password (HandleRootStatusRefresh).
  test.each(["/cn", "/wi", "/dl", "/cm?cmnd=Power", "/in", "/rt", "/u1", "/u3", "/rs", "/cs?c2=0&c1=Power", "/mn"])(
    "%s is 401 without the password and the main page with it",
    (path) => {
      const world = locked();
      world.server.mode = 1;
      expect(world.get(path).text).toBe(LOGIN);
      const page = world.body(world.get(path, BASIC).text);
      expect(page).toContain("id='l1'");
      expect(page).not.toContain("action='cn'");
      expect(world.fake.commands).toEqual([]);
      expect(world.core.restartFlag).toBe(0);
    },
  );

  test.each([
    // HandleRoot, HandleRootStatusRefresh: what `/` understands, any page understands there.
    ["/cm?m=1&o=1", { relay: false, restart: 0 }],
    ["/dl?rst=", { relay: true, restart: 2 }],
  ])("%s acts as the main page would", (path, { relay, restart }) => {
    const world = plug();
    world.server.mode = 1;
    world.get(path);
    expect(world.relays[0]).toBe(relay);
    expect(world.core.restartFlag).toBe(restart);
  });

  test("a file is not even read (HandleUploadLoop)", () => {
    const world = plug();
    world.get("/up");
    world.server.mode = 1;
    world.upload("/u2?fsz=1", "x");
    expect(world.logged.filter((line) => line.startsWith("UPL:"))).toEqual([]);
  });
});

describe("without the password", () => {
  // WebRestart: WSContentStart_P asks for it and returns, and the handler goes on.
  test("/?rst restarts the plug all the same, its page behind an answer that says it has none", () => {
    const world = locked();
    const answer = world.get("/?rst=");
    expect(answer.text.startsWith(LOGIN)).toBe(true);
    expect(answer.text).toContain("Device will restart in a few seconds");
    expect(answer.closedAt).toBeLessThan(500);
    expect(world.core.restartFlag).toBe(2);
  });

  // HandleUploadLoop reads the file before HandleUploadDone asks who sent it.
  test("a file is taken in once the owner has opened /up or /rs, and its outcome is not told", () => {
    const world = locked();
    world.get("/rs", BASIC);
    expect(world.upload("/u2", "x".repeat(4096)).text).toBe(LOGIN);
    expect(world.logged.at(-1)).toBe("UPL: Successful 4096 bytes");
    expect(world.core.restartFlag).toBe(0);
  });

  // HttpCheckPriviledgedAccess(!WifiIsInManagerMode()): only these two are open in the access point.
  test.each([
    ["/wi", 200],
    ["/rt", 200],
    ["/cn", 401],
    ["/dl", 401],
    ["/rs", 401],
    ["/up", 401],
    ["/cs?c2=0", 401],
    ["/cm?cmnd=Power", 401],
    ["/", 200],
  ])("%s of the access point is %i, and 200 where it only resets", (path, status) => {
    const world = locked();
    world.network.managerActive = true;
    expect(Number(world.get(path).text.slice(9, 12))).toBe(status);
    world.wifi.resetOnly = true;
    expect(Number(world.get(path).text.slice(9, 12))).toBe(200);
  });

  // HandleWifiConfiguration starts the test before WebRestart(2) asks for the password.
  test("the access point's form starts its test, and answers 401", () => {
    const world = locked();
    world.network.managerActive = true;
    const answer = world.get("/wi?s1=Net&p1=password1&save=");
    expect(answer.text.startsWith(LOGIN)).toBe(true);
    expect(world.wifi.tests).toEqual([["Net", "password1"]]);
  });
});

describe("methods", () => {
  // WebServerDispatch; StartWebserver (/u2).
  test.each([
    ["GET", "/u2", 404],
    ["POST", "/cs?c2=0", 404],
    ["POST", "/mn", 404],
    ["POST", "/cn", 200],
    ["PUT", "/in", 200],
    ["OPTIONS", "/cs", 200],
    ["OPTIONS", "/u2", 200],
    ["OPTIONS", "/cm?cmnd=Power", 200],
    ["POST", "/nosuch", 404],
  ])("%s %s is %i", (method, path, status) => {
    expect(Number(plug().get(path, "", method).text.slice(9, 12))).toBe(status);
  });

  test("a page that is not there says POST for all but GET (HandleNotFound)", () => {
    const { get, body } = plug();
    expect(body(get("/zz?a=1&b=2", "", "DELETE").text)).toBe(
      "File Not Found\n\nURI: /zz\nMethod: POST\nArguments: 2\n a: 1\n b: 2\n",
    );
  });

  test("a browser's question beforehand is answered without the password (HandlePreflightRequest)", () => {
    const { get } = locked();
    expect(get("/u2", "", "OPTIONS").text).toContain("Access-Control-Allow-Headers: authorization");
  });
});

describe("forms", () => {
  // AddWebCommand: fewer than five characters are no password; an empty field has its own meaning for each command.
  test.each([
    ["/co?wp=****&save=", "WebPassword2 ;"],
    ["/co?wp=1234&save=", "WebPassword2 ;"],
    ["/co?wp=12345&save=", "WebPassword2 12345;"],
    ["/co?wp=&save=", 'WebPassword2 ";'],
    ["/co?save=", 'SO3 0;SO128 0;DeviceName ";'],
    [`/co?t1=${"x".repeat(1200)}&save=`, "Emulation 0"],
    ["/mq?mp=****&save=", "MqttPassword2 ;Topic 1;FullTopic 1"],
    ["/mq?mh=&save=", "MqttHost 1;MqttPort 1;MqttClient 1;MqttUser 1;"],
    ["/wi?p1=abc&p2=abcde&save=", "Password3 ;Password4 abcde"],
    ["/lg?save=", "SerialLog 2;WebLog 2;MqttLog 0;SysLog 0;LogHost 1;LogPort 1;TelePeriod 1"],
  ])("%s runs … %s …", (path, commands) => {
    const world = plug();
    world.get(path);
    expect(world.fake.commands).toHaveLength(1);
    expect(world.fake.commands[0]).toMatch(/^web: Backlog0 ;/);
    expect(`${world.fake.commands[0]};`).toContain(commands);
    expect(world.fake.commands[0]).not.toContain("Template");
  });

  // TemplateSaveSettings: at once, the name as typed; base and pins as atoi reads them; the command within 299 characters.
  test.each([
    [
      "/tp?s1=My+%22Plug%22&g0=32&h0=2&g99=17&save=",
      'Template {"NAME":"My "Plug"","GPIO":[33,0,',
      '],"FLAG":0,"BASE":18}',
    ],
    ["/tp?g4=abc&g5=160&h5=&c0=on&save=", 'Template {"NAME":"","GPIO":[0,0,0,0,0,160,', '],"FLAG":1,"BASE":1}'],
  ])("%s runs the template it spells", (path, head, tail) => {
    const world = plug();
    world.get(path);
    const [command = ""] = world.fake.commands;
    expect(command.startsWith(`web: ${head}`)).toBe(true);
    expect(command.endsWith(tail)).toBe(true);
    expect(world.core.restartFlag).toBe(2);
  });

  // ModuleSaveSettings: another module clears the pins; the same one gives every free pin its value, 0 where none is sent.
  test("/md puts components on the free pins of the same module, and none on those of another", () => {
    const world = plug();
    world.numbers.set("module", 255);
    world.numbers.set("my_gp13", 32);
    world.get("/md?g99=255&g14=160&h14=3&save=");
    expect([world.numbers.get("my_gp13"), world.numbers.get("my_gp14")]).toEqual([0, 162]);
    world.get("/md?g99=0&g14=160&save=");
    expect([world.numbers.get("module"), world.numbers.get("last_module"), world.numbers.get("my_gp14")]).toEqual([
      ...[0, 255, 0],
    ]);
    expect(world.fake.commands).toEqual(["web: Backlog0 Module;Gpio", "web: Backlog0 Module;Gpio"]);
  });

  // HandleUpgradeFirmwareStart: two commands, the URL cut to 150 characters and not split at semicolons.
  test("/u1 sets the URL and upgrades", () => {
    const world = plug();
    world.get("/u1?o=http%3A%2F%2Fx%2Fa%3Bb.bin");
    world.get(`/u1?o=${"y".repeat(200)}`);
    world.get("/u1");
    expect(world.fake.commands).toEqual([
      ...["web: OtaUrl http://x/a;b.bin", "web: Upgrade 1", `web: OtaUrl ${"y".repeat(150)}`],
      ...["web: Upgrade 1", "web: Upgrade 1"],
    ]);
  });
});

describe("with MQTT off (SetOption3 0)", () => {
  // Xdrv02: FUNC_WEB_ADD_HANDLER when the server starts, FUNC_WEB_ADD_BUTTON with every page; HandleLoggingConfiguration.
  test("the menu and the logging page leave it out, and a server started so has no page for it", () => {
    const world = plug({ options: [[3, 0]] });
    expect(world.get("/mq").text).toContain("404 Not Found");
    expect(world.body(world.get("/cn").text)).not.toContain("MQTT");
    expect(world.body(world.get("/lg").text)).not.toContain("id='l2'");
    world.options.set(3, 1);
    expect(world.body(world.get("/cn").text)).toContain("MQTT");
    expect(world.body(world.get("/lg").text)).toContain("id='l2'");
    expect(world.get("/mq").text).toContain("404 Not Found");
  });
});

describe("wording", () => {
  const shown = (html: string): string => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

  // HandleMqttConfiguration: defaults in brackets with their patterns filled in, whatever is set; no user shows as 0.
  test("of the MQTT page", () => {
    const { get, body, texts } = plug();
    for (const [name, text] of [
      ["MqttClient", "mine_%06X"],
      ["Topic", "kitchen"],
      ["MqttUser", ""],
    ] as const) {
      texts.set(name, text);
    }
    const page = body(get("/mq").text);
    expect(shown(page)).toContain("Client (DVES_A1B2C3)");
    expect(shown(page)).toContain("= %topic% (tasmota_A1B2C3)");
    expect(page).toContain('id=\'mu\' placeholder="DVES_USER" value="0"');
    expect(page).toContain('value="kitchen"');
  });

  // HandleResetConfiguration, HandleRestoreConfiguration, WebRestart, HandleWifiConfiguration.
  test.each([
    ["/rt", false, "Configuration reset", "Main Menu"],
    ["/rs", false, "Start restore", "Configuration"],
    ["/rs", true, "Start restore", "Main Menu"],
    ["/?rst=", false, "Device will restart in a few seconds", "Main Menu"],
    ["/?rst=", true, "Device will restart in a few seconds", undefined],
    ["/mq?save=", false, "Configuration saved", "Main Menu"],
  ])("of %s (in the access point: %s)", (path, manager, text, button) => {
    const world = plug();
    world.network.managerActive = manager;
    const page = world.body(world.get(path).text);
    expect(shown(page)).toContain(text);
    const buttons = [...page.matchAll(/<button>([^<]*)<\/button><\/form>/g)].map(([, name]) => name);
    expect(buttons.at(-1)).toBe(button);
  });

  test("of a Wi-Fi page that found no network", () => {
    const world = plug({ networks: [] });
    world.network.managerActive = true;
    const page = shown(world.body(world.get("/").text));
    expect(page).toContain("No networks found");
    expect(page).not.toContain("Select your WiFi Network");
    expect(page).toContain("Scan for wifi networks");
  });
});

describe("uploads", () => {
  const size = (bytes: number): string => "x".repeat(bytes);

  // HandleUploadLoop: step 1 names, step 2 sizes and signatures, step 3 what the end says.
  test.each([
    ["/rs", size(4096), "Successful"],
    ["/rs", size(4097), "Failed</font></b><br><br>File too large"],
    ["/rs", size(8192), "Failed</font></b><br><br>File too large"],
    ["/rs", size(4095), "Failed</font></b><br><br>File invalid"],
    ["/rs", "", "Failed</font></b><br><br>File invalid"],
    ["/up", size(4096), "Failed</font></b><br><br>Invalid file signature"],
    ["/up", "", "Failed</font></b><br><br>Invalid file signature"],
    ["/cn", size(1), "Failed</font></b><br><br>Not enough space"],
    ["/cn", "", "Failed</font></b><br><br>Upload failed. Enable logging 3"],
  ])("after %s tell what is wrong with a file", (page, content, outcome) => {
    const world = plug();
    world.get(page);
    expect(world.body(world.upload("/u2?fsz=1", content).text)).toContain(outcome);
    expect(world.core.restartFlag).toBe(outcome === "Successful" ? 2 : 0);
  });

  test("without a file name, or while an error was not told, are not looked at", () => {
    const world = locked();
    world.get("/rs", BASIC);
    expect(world.upload("/u2", size(4096), "", "").text).toBe(LOGIN);
    expect(world.body(world.upload("/u2", size(4096), BASIC).text)).toContain("No file selected");
    expect(world.body(world.upload("/u2", size(4096), BASIC).text)).toContain("Successful");
  });

  // HandleUploadDone: no error counts as a success.
  test.each([
    ["GET", "/u3"],
    ["POST", "/u2"],
  ])("%s %s without any file says Successful and restarts", (method, path) => {
    const world = plug();
    expect(world.body(world.get(path, "", method).text)).toContain("Successful");
    expect(world.core.restartFlag).toBe(2);
  });
});

describe("the console page", () => {
  test.each([
    // HandleConsole: c2 makes it a question, not c1.
    ["/cs?c1=Power", [], "<textarea"],
    ["/cs?c2=0&c1=Power", ["web: Power"], "}1"],
    [`/cs?c2=0&c1=${"x".repeat(1200)}`, [], "}1"],
  ])("%s", (path, commands, text) => {
    const world = plug();
    expect(world.body(world.get(path).text)).toContain(text);
    expect(world.fake.commands).toEqual(commands);
  });

  // HandleConsoleRefresh: the first question since the server's start gets everything; later lines start with a line end.
  test("dumps once, then goes on where it is asked to, whether or not the page was opened again", () => {
    const world = plug();
    world.fake.answer = (command) => [command];
    expect(world.body(world.get("/cs?c2=7&c1=One").text)).toBe("2}10}1One}1");
    world.get("/cs");
    expect(world.body(world.get("/cs?c2=2&c1=Two").text)).toBe("3}11}1\nTwo}1");
    expect(world.body(world.get("/cs?c2=3").text)).toBe("3}11}1}1");
    expect(world.body(world.get("/cs?c2=0").text)).toBe("3}11}1One\nTwo}1");
  });
});

describe("debug lines", () => {
  // AddLog(LOG_LEVEL_DEBUG, …) of each handler; ShowWebSource. The fake core writes none of its own.
  test.each([
    ["/cn", ["HTP: Configuration"]],
    ["/cm?cmnd=Power", ["HTP: Command", "SRC: WebCommand from CLIENT"]],
    ["/cm", ["HTP: Command"]],
    ["/cs", ["HTP: Console"]],
    ["/cs?c2=0&c1=Power", ["CMD: Power", "SRC: WebConsole from CLIENT"]],
    ["/", ["HTP: Main Menu"]],
    ["/?m=1", []],
    ["/?m=1&o=1", ["SRC: WebGui from CLIENT"]],
    ["/?rst=", ["HTP: Restart", "SRC: WebGui from CLIENT"]],
    ["/md?save=", ["SRC: WebGui from CLIENT", "HTP: Restart", "SRC: WebGui from CLIENT"]],
    ["/md", ["HTP: Module"]],
    ["/lg?save=", ["HTP: Logging", "SRC: WebGui from CLIENT", "HTP: Configuration"]],
    ["/mq", ["HTP: MQTT"]],
    ["/co", ["HTP: Other"]],
    ["/tp", ["HTP: Template"]],
    ["/tp?t=0", []],
    ["/wi", ["HTP: WiFi", "WIF: Scanning...", "WIF: Scan done"]],
    ["/dl", ["HTP: Backup"]],
    ["/rs", ["HTP: Restore"]],
    ["/rt", ["HTP: Reset", "SRC: WebGui from CLIENT"]],
    ["/in", ["HTP: Information"]],
    ["/up", ["HTP: Firmware Upgrade"]],
    ["/u1", ["HTP: Upgrade started", "SRC: WebGui from CLIENT"]],
    ["/u3", ["HTP: Upload done", "SRC: WebGui from CLIENT"]],
    ["/mn", ["HTP: Tools"]],
  ])("of %s", (path, lines) => {
    const world = plug();
    world.get(path);
    expect(world.logged.map((line) => line.replace(/from .*/, "from CLIENT"))).toEqual(lines);
  });

  test("of a command without the right password name who asked", () => {
    const world = locked();
    world.get("/cm?cmnd=Power");
    expect(world.logged.map((line) => line.replace(/from .*/, "from CLIENT"))).toEqual([
      ...["HTP: Command", "SRC: WebCommand from CLIENT", "HTP: Bad userid and/or password"],
    ]);
  });
});
