import { describe, expect, it } from "vitest";
import { plug } from "../../../../test/support/web-plug.ts";

describe("answers of the web server", () => {
  it("are byte for byte those recorded, for HTTP/1.1 and 1.0", () => {
    const { fake, open, clock } = plug();
    fake.answer = () => ['00:00:12.037 RSL: RESULT = {"POWER":"OFF"}', "00:00:12.037 RSL: POWER = OFF"];
    const modern = open("GET /cm?cmnd=Power HTTP/1.1\r\nHost: x\r\n\r\n");
    const ancient = open("GET /cm?cmnd=Power HTTP/1.0\r\n\r\n");
    clock.runInternal(1e6);
    const head =
      "Content-Type: application/json\r\nServer: Tasmota/15.2.0.2 (ESP8285N08)\r\n" +
      "Cache-Control: no-cache, no-store, must-revalidate\r\nPragma: no-cache\r\nExpires: -1\r\n";
    expect(modern.text).toBe(
      `HTTP/1.1 200 OK\r\n${head}Accept-Ranges: none\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n` +
        'f\r\n{"POWER":"OFF"}\r\n0\r\n\r\n',
    );
    expect(ancient.text).toBe(`HTTP/1.0 200 OK\r\n${head}Connection: close\r\n\r\n{"POWER":"OFF"}0\r\n\r\n`);
  });

  it("join the objects of all log lines, and know missing and over-long commands", () => {
    const { fake, get, body } = plug();
    fake.answer = (command) => (command === "Status 0" ? ['a {"A":1}', "b", 'c {"B":{"C":2}}'] : []);
    expect(body(get("/cm?cmnd=Status%200").text)).toBe('{"A":1,"B":{"C":2}}');
    expect(body(get("/cm?cmnd=Backlog%20Power").text)).toBe("{}");
    expect(body(get("/cm").text)).toBe('{"WARNING":"Enter command cmnd="}');
    expect(body(get(`/cm?cmnd=${"x".repeat(1200)}`).text)).toBe('{"WARNING":"Enter command cmnd="}');
    expect(fake.commands).toEqual(["web: Status 0", "web: Backlog Power"]);
  });

  it("decode plus, percent and UTF-8, from query and form body", () => {
    const { fake, open, get, clock } = plug();
    get("/cm?cmnd=WebPassword+neu%26%3B%25%20%C3%BC3");
    const form = "cmnd=Power%20On";
    open(
      `POST /cm HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
    );
    clock.runInternal(clock.now + 1e6);
    expect(fake.commands).toEqual(["web: WebPassword neu&;% ü3", "web: Power On"]);
  });

  it("list the arguments where there is no such page", () => {
    const { get, body } = plug();
    const answer = get("/zz?o=1");
    expect(answer.text.split("\r\n")[0]).toBe("HTTP/1.1 404 Not Found");
    expect(body(answer.text)).toBe("File Not Found\n\nURI: /zz\nMethod: GET\nArguments: 1\n o: 1\n");
  });
});

describe("one client at a time", () => {
  it("an idle connection blocks everybody for 5 s", () => {
    const { open, clock } = plug();
    open("");
    clock.runInternal(0.2e6);
    const second = open("GET /cm HTTP/1.1\r\n\r\n");
    clock.runInternal(20e6);
    expect(second.answeredAt).toBeGreaterThan(4700);
    expect(second.answeredAt).toBeLessThan(5100);
  });

  it("half a header blocks everybody for 10 s, unless its rest comes", () => {
    const { open, clock } = plug();
    const half = open("GET /cm HT");
    clock.runInternal(0.1e6);
    const second = open("GET /cm HTTP/1.1\r\n\r\n");
    clock.runInternal(20e6);
    expect(half.text).toBe("");
    expect(second.answeredAt).toBeGreaterThan(9800);
    expect(second.answeredAt).toBeLessThan(10_300);
    const slow = open("GET /cm HT");
    clock.runInternal(clock.now + 3e6);
    slow.send("TP/1.1\r\n\r\n");
    clock.runInternal(clock.now + 1e6);
    expect(slow.text).toContain("Enter command");
  });

  it("the download keeps its socket open for 2 s, but lets the next one in when the client closes", () => {
    const { open, clock } = plug();
    const patient = open("GET /dl HTTP/1.1\r\n\r\n");
    clock.runInternal(4e6);
    expect(patient.answeredAt).toBeLessThan(100);
    expect(patient.closedAt).toBeGreaterThan(2000);
    expect(patient.closedAt).toBeLessThan(2150);
    const polite = open("GET /dl HTTP/1.1\r\n\r\n");
    clock.runInternal(clock.now + 0.1e6);
    polite.stream!.end();
    const next = open("GET /cm HTTP/1.1\r\n\r\n");
    clock.runInternal(clock.now + 3e6);
    expect(next.answeredAt).toBeLessThan(200);
  });

  it("answers a burst one after the other, 50 ms apart", () => {
    const { open, clock } = plug();
    const four = [1, 2, 3, 4].map(() => open("GET /cm HTTP/1.1\r\n\r\n"));
    clock.runInternal(1e6);
    const times = four.map((one) => one.answeredAt).sort((a, b) => a - b);
    for (let i = 1; i < 4; i++) expect(Math.abs(times[i]! - times[i - 1]! - 50)).toBeLessThan(5);
  });

  it("a second request on the same connection is not answered", () => {
    const { open, clock } = plug();
    const one = open("GET /cm HTTP/1.1\r\n\r\nGET /cm HTTP/1.1\r\n\r\n");
    clock.runInternal(5e6);
    expect(one.text.split("HTTP/1.1").length).toBe(2);
  });
});

describe("access", () => {
  const BASIC = "Authorization: Basic YWRtaW46Z2VoZWltMTI=\r\n";
  function locked() {
    const world = plug();
    world.texts.set("WebPassword", "geheim12");
    return world;
  }

  it("to commands takes Basic or the two arguments, exactly", () => {
    const { get } = locked();
    const status = (target: string, headers = ""): string => get(target, headers).text.slice(9, 12);
    expect(status("/cm?cmnd=Power")).toBe("401");
    expect(status("/cm?cmnd=Power&user=admin&password=geheim12")).toBe("200");
    expect(status("/cm?cmnd=Power&user=ADMIN&password=geheim12")).toBe("401");
    expect(status("/cm?cmnd=Power&password=geheim12")).toBe("401");
    expect(status("/cm?cmnd=Power", BASIC)).toBe("200");
    expect(status("/cm?cmnd=Power&user=admin&password=wrong", BASIC)).toBe("200");
    expect(status("/cm?cmnd=Power", "Authorization: Basic YWRtaW46d3Jvbmc=\r\n")).toBe("401");
  });

  it("to every privileged page takes Basic only, and the refusal is empty", () => {
    const { get, fake } = locked();
    for (const path of [
      "/",
      "/?m=1",
      "/cn",
      "/wi",
      "/co",
      "/mq",
      "/lg",
      "/md",
      "/tp",
      "/in",
      "/cs",
      "/dl",
      "/rs",
      "/up",
      "/u1",
      "/u3",
      "/rt",
      "/mn",
    ]) {
      const refused = get(`${path}${path.includes("?") ? "&" : "?"}user=admin&password=geheim12`).text;
      expect(refused, path).toBe(
        'HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\nWWW-Authenticate: Basic realm="Login Required"\r\n' +
          "Content-Length: 0\r\nConnection: close\r\n\r\n",
      );
    }
    expect(fake.commands).toEqual([]);
    expect(get("/cn", BASIC).text).toContain("200 OK");
  });

  it("without the HTTP API needs the device's own Referer and else gets no byte, but an entry in the log", () => {
    const { get, options, logged } = plug();
    options.set(128, 0);
    const refused = get("/cm?cmnd=Power", "Referer: http://x/\r\n");
    expect(refused.text).toBe("");
    expect(refused.closedAt).toBeGreaterThan(1950);
    expect(logged[0]).toBe(
      "HTP: Referer 'HTTP://X/' denied. Use 'SO128 1' for HTTP API commands. 'Webpassword' is recommended.",
    );
    expect(get("/cm?cmnd=Power", "Referer: http://192.168.1.50/\r\n").text).toContain("200 OK");
    expect(get("/cm?cmnd=Power", "Referer: http://Tasmota-a1b2c3-4803/x\r\n").text).toContain("200 OK");
    expect(get("/").text).toContain("200 OK");
  });

  it("in user mode is the main page, whatever is asked", () => {
    const { get, server, fake } = plug();
    server.mode = 1;
    for (const path of ["/cm?cmnd=Power", "/cn", "/dl"]) {
      expect(get(path).text).toContain("text/html");
    }
    expect(fake.commands).toEqual([]);
  });
});

describe("the access point's pages", () => {
  function manager() {
    const world = plug();
    world.network.managerActive = true;
    return world;
  }

  it("send every other host and path to the portal, but not known paths", () => {
    const { open, get, clock } = manager();
    const portal = open("GET / HTTP/1.1\r\nHost: connectivitycheck.gstatic.com\r\n\r\n");
    const probe = open("GET /generate_204 HTTP/1.1\r\nHost: x\r\n\r\n");
    const known = open("GET /cm?cmnd=Power HTTP/1.1\r\nHost: x\r\n\r\n");
    clock.runInternal(1e6);
    const redirect =
      "HTTP/1.1 302 Found\r\nContent-Type: text/plain\r\nLocation: http://192.168.4.1\r\n" +
      "Content-Length: 0\r\nConnection: close\r\n\r\n";
    expect(portal.text).toBe(redirect);
    expect(probe.text).toBe(redirect);
    expect(known.text).toContain("application/json");
    expect(get("/nonexistent").text).toContain("404");
  });

  it("list the networks after a scan of 2 s, escaped", () => {
    const { get, body } = manager();
    const answer = get("/");
    expect(answer.answeredAt).toBeGreaterThan(2100);
    expect(body(answer.text)).toContain("Home &lt;1&gt;");
    expect(body(answer.text)).toContain("title='90% (-55 dBm)'");
  });

  it("test what the form sends, show the outcome and restart when success was seen", () => {
    const { get, body, wifi, texts } = manager();
    texts.set("SSID1", "My Net");
    expect(body(get("/wi?s1=My+Net&p1=pass%2Bword&save=").text)).toContain("Trying to connect device to network");
    expect(wifi.tests).toEqual([["My Net", "pass+word"]]);
    wifi.test = { state: "testing" };
    expect(body(get("/").text)).toContain("Trying to connect device to network<br>My Net");
    wifi.test = { state: "failed" };
    expect(body(get("/").text)).toContain("Connect failed to My Net<br>Please, check your credentials");
    expect(wifi.seen).toBe(0);
    wifi.test = { state: "succeeded", ip: "192.168.1.50" };
    expect(body(get("/wi").text)).toContain("<a href='http://192.168.1.50'>192.168.1.50</a>");
    expect(wifi.seen).toBe(1);
  });

  it("ask for the web password where one is set", () => {
    const { get, open, body, texts, clock } = manager();
    texts.set("WebPassword", "geheim12");
    expect(body(get("/").text)).toContain("PASS1");
    const login = "USER1=admin&PASS1=geheim12";
    const answer = open(
      `POST / HTTP/1.1\r\nHost: 192.168.4.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${login.length}\r\n\r\n${login}`,
    );
    clock.runInternal(clock.now + 5e6);
    expect(body(answer.text)).toContain("id='s1'");
  });
});

describe("forms and uploads", () => {
  it("become the commands that the original runs", () => {
    const { get, fake, numbers } = plug();
    numbers.set("module", 255);
    get("/co?t1=%7B%22NAME%22%3A%22x%22%7D&t2=on&wp=&b1=on&b3=on&dn=Web&a0=Friendly&b2=0&save=");
    get("/wi?s1=Net&p1=****&s2=&p2=&h=host&save=");
    get("/mq?mh=10.0.0.1&ml=1883&mc=&mu=u&mp=****&mt=t&mf=&save=");
    get("/md?g99=255&save=");
    expect(fake.commands).toEqual([
      'web: Backlog0 ;WebPassword2 ";SO3 1;SO128 1;DeviceName Web;FN1 Friendly;FN2 ";FN3 ";FN4 ";FN5 ";FN6 ";FN7 ";FN8 ";' +
        'Emulation 0;Module 0;Template {"NAME":"x"}',
      'web: Backlog0 ;Hostname host;SSID1 Net;SSID2 1;Password3 ;Password4 "',
      "web: Backlog0 ;MqttHost 10.0.0.1;MqttPort 1883;MqttClient 1;MqttUser u;MqttPassword2 ;Topic t;FullTopic 1",
      "web: Backlog0 Module;Gpio",
    ]);
  });
});
