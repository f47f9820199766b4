/**
 * The words of Tasmota's log lines in each language that it ships. Facts only.
 * Source: Tasmota 15.2 tasmota/language/*.h, by the constants named below; `OLDER_WORDS`: the same files of 2020 to 2025
 * (8.3 to 14.4), where they differ.
 */

export interface LogWords {
  /** D_PROJECT */
  readonly project: string;
  /** D_VERSION */
  readonly version: string;
  /** D_USE_DEFAULTS */
  readonly useDefaults: string;
  /** D_CONNECTING_TO_AP */
  readonly connecting: string;
  /** D_IN_MODE */
  readonly inMode: string;
  /** D_AS */
  readonly as: string;
  /** D_CONNECTED */
  readonly connected: string;
  /** D_CONNECT_FAILED_NO_IP_ADDRESS */
  readonly noAddress: string;
  /** D_CONNECT_FAILED_AP_NOT_REACHED */
  readonly notReached: string;
  /** D_CONNECT_FAILED_WRONG_PASSWORD */
  readonly refused: string;
  /** D_CONNECT_FAILED_AP_TIMEOUT */
  readonly timeout: string;
  /** D_WIFIMANAGER_SET_ACCESSPOINT */
  readonly accessPoint: string;
  /** D_WIFIMANAGER_SET_ACCESSPOINT_AND_STATION */
  readonly accessPointAndStation: string;
  /** D_WEBSERVER_ACTIVE_ON */
  readonly webServer: string;
  /** D_WITH_IP_ADDRESS */
  readonly withAddress: string;
  /** D_RESTARTING */
  readonly restarting: string;
  /** D_RETAINED */
  readonly retained: string;
  /** D_SAVED_TO_FLASH_AT */
  readonly saved: string;
}

/** By the name of the language's file. */
// biome-ignore format: a table
export const LOG_WORDS: Readonly<Record<string, LogWords>> = {
  af_AF: {
    project: "Projek", version: "Weergawe", useDefaults: "Gebruik standaardinstellings",
    connecting: "Koppel tans aan AP", inMode: "in mode", as: "as", connected: "Gekoppel",
    noAddress: "Kon nie verbind nie omdat geen IP-adres ontvang is nie",
    notReached: "Kon nie verbind nie, aangesien toegang nie bereik kan word nie", refused: "Kon nie verbind nie",
    timeout: "Kon nie verbinding maak met AP-time-out nie", accessPoint: "WiFi manager het AccessPoint ingestel",
    accessPointAndStation: "WiFi manager stel AccessPoint in en hou Station", webServer: "Webbediener aktief op",
    withAddress: "met IP-adres", restarting: "Herbegin", retained: "behou", saved: "Gestoor in die flash op",
  },
  bg_BG: {
    project: "Проект", version: "Издание", useDefaults: "Подразбирани параметри",
    connecting: "Свързване към точка за достъп", inMode: "в режим", as: "като", connected: "Свързан",
    noAddress: "Грешка при свързване поради липса на адрес по IP",
    notReached: "Грешка при свързване поради недостъпна точката за достъп", refused: "Грешка при свързване",
    timeout: "Грешка при свързване поради изтекло време за връзка", accessPoint: "Wifimanager set AccessPoint",
    accessPointAndStation: "Wifimanager set AccessPoint and keep Station", webServer: "Уеб сървърът е достъпен на",
    withAddress: "с адрес по IP", restarting: "Рестартиране", retained: "запазено",
    saved: "Запазено във флаш-паметта на",
  },
  ca_AD: {
    project: "Projecte", version: "Versió", useDefaults: "Usa predeterminats", connecting: "Connectant al PA",
    inMode: "en modus", as: "com", connected: "Connectat",
    noAddress: "Connexió fallida ja que no hem rebut adreça IP",
    notReached: "Connexió fallida ja que no hem localitzar el PA", refused: "Connexió fallida per mot de pas",
    timeout: "Connexió fallida per temps d'espera excedit", accessPoint: "Gestor wifi estableix PA",
    accessPointAndStation: "Gestor wifi estableix PA i Estació", webServer: "Servei Web actiu a",
    withAddress: "amb adreça IP", restarting: "Reinciant", retained: "retingut", saved: "Guardat a flash a",
  },
  cs_CZ: {
    project: "Projekt", version: "Verze", useDefaults: "Použij defaultní hodnoty", connecting: "Připojování k AP",
    inMode: "v módu", as: "jako", connected: "...připojeno", noAddress: "Chyba připojení, nebyla obdržena IP adresa",
    notReached: "Chyba připojení, nedostupný AP", refused: "Chyba připojení",
    timeout: "Chyba připojení, uplynul AP timeout", accessPoint: "Wi-Fi manager nastaví Access Point",
    accessPointAndStation: "Wi-Fi manager nastaví AP a zachová STA", webServer: "Aktivní Web server",
    withAddress: "na IP adrese", restarting: "Restartování", retained: "Zachováno",
    saved: "Uloženo do paměti flash v",
  },
  de_DE: {
    project: "Projekt", version: "Version", useDefaults: "Standard verwenden", connecting: "verbinden mit AP",
    inMode: "in Modus", as: "als", connected: "verbunden",
    noAddress: "Verbindung fehlgeschlagen, da keine IP-Adresse zugeteilt wurde",
    notReached: "Verbindung fehlgeschlagen, da AP nicht erreicht werden konnte",
    refused: "Verbindung fehlgeschlagen", timeout: "Verbindung fehlgeschlagen, da der AP nicht antwortet (timeout)",
    accessPoint: "WLAN-Manager AccessPoint gesetzt",
    accessPointAndStation: "WLAN-Manager AccessPoint gesetzt und behält Station", webServer: "Webserver aktiv",
    withAddress: "mit IP-Adresse", restarting: "starte neu", retained: "beibehalten",
    saved: "in Flash gespeichert an",
  },
  el_GR: {
    project: "Έργο", version: "Έκδοση", useDefaults: "Χρήση προεπιλογών", connecting: "Συνδέεται στο AP",
    inMode: "σε mode", as: "ως", connected: "Συνδεδεμένο",
    noAddress: "Αποτυχία σύνδεσης, δεν απονεμήθηκε διεύθυνση IP",
    notReached: "Αποτυχία σύνδεσης, δεν ανταποκρίνεται το AP", refused: "Αποτυχία σύνδεσης",
    timeout: "Αποτυχία σύνδεσης, λήξη ορίου απόκρισης από το AP", accessPoint: "Wifimanager set AccessPoint",
    accessPointAndStation: "Wifimanager set AccessPoint and keep Station", webServer: "Ενεργός διακομιστής Web στο",
    withAddress: "με διεύθυνση IP", restarting: "Επανεκκινεί", retained: "διακράτηση",
    saved: "Αποθηκεύτηκε από τη Flash στο",
  },
  en_GB: {
    project: "Project", version: "Version", useDefaults: "Use defaults", connecting: "Connecting to AP",
    inMode: "in mode", as: "as", connected: "Connected", noAddress: "Connect failed as no IP address received",
    notReached: "Connect failed as AP cannot be reached", refused: "Connect failed",
    timeout: "Connect failed with AP timeout", accessPoint: "Wifimanager set AccessPoint",
    accessPointAndStation: "Wifimanager set AccessPoint and keep Station", webServer: "Web server active on",
    withAddress: "with IP address", restarting: "Restarting", retained: "retained", saved: "Saved to flash at",
  },
  es_ES: {
    project: "Proyecto", version: "Versión", useDefaults: "Usar valores por defecto", connecting: "Connectando a AP",
    inMode: "en modo", as: "como", connected: "Conectado", noAddress: "Falló Conexión, Dirección IP no recibida",
    notReached: "Falló Conexión, AP no pudo ser contactado", refused: "Falló Conexión",
    timeout: "Falló Conexión, timeout de AP", accessPoint: "Wifimanager como AccessPoint",
    accessPointAndStation: "Wifimanager como AccessPoint y Estación", webServer: "Servidor web activo en",
    withAddress: "con dirección IP", restarting: "Reiniciando", retained: "Grabado", saved: "Grabado a la flash en",
  },
  fr_FR: {
    project: "Projet", version: "Version", useDefaults: "Utiliser par défaut", connecting: "Connexion à l'AP",
    inMode: "en mode", as: "comme", connected: "Connecté",
    noAddress: "Échec de connexion car aucune adresse IP n'a été reçue",
    notReached: "Échec de connexion car l'AP ne peut-être contacté", refused: "Échec de connexion",
    timeout: "Échec de connexion avec l'AP, expiré", accessPoint: "Wifimanager en mode Point d'Accès",
    accessPointAndStation: "Wifimanager en mode Point d'Accès et Station", webServer: "Serveur web actif sur",
    withAddress: "avec l'adresse IP", restarting: "Redémarre", retained: "persistant",
    saved: "Enregistré en flash à",
  },
  fy_NL: {
    project: "Projekt", version: "Ferzje", useDefaults: "Brûk standertwearden", connecting: "Ferbine mei AP",
    inMode: "yn stân", as: "als", connected: "Ferbûn",
    noAddress: "Ferbining mislearre omdat der gjin IP-adres is ûntfangen",
    notReached: "Ferbining mislearre om't AP net te berikken is", refused: "Verbinding mislukt",
    timeout: "Verbinding mislukt door AP time-out", accessPoint: "WiFi manager start AccessPoint",
    accessPointAndStation: "WiFi Manager start AccessPoint en hâldt Station", webServer: "Webserver aktyf op",
    withAddress: "mei IP-adres", restarting: "Op 'e nij begjinne", retained: "beholden",
    saved: "Bewarre yn flash oan",
  },
  he_HE: {
    project: "פרויקט", version: "גרסה", useDefaults: "השתמש בהגדרות ברירת המחדל", connecting: "AP -מתחבר ל",
    inMode: "במצב", as: "-כ", connected: "מחובר", noAddress: "IP החיבור נכשל מכיוון שלא התקבלה כתובת",
    notReached: "זמין AP החיבור נכשל כיוון שאין", refused: "AP חיבור נכשל ל",
    timeout: "פג זמן המתנה , AP חיבור נכשל ל", accessPoint: "Wifimanager set AccessPoint",
    accessPointAndStation: "Wifimanager set AccessPoint and keep Station", webServer: "שרת ווב פעיל",
    withAddress: "IP עם כתובת", restarting: "הפעלה מחדש", retained: "שמור", saved: "נשמר לפלאש ב",
  },
  hu_HU: {
    project: "Projekt", version: "Verzió", useDefaults: "Alapértelmezett beáll. használata",
    connecting: "AP-hoz csatlakozás:", inMode: "mód:", as: "mint", connected: "Csatlakoztatva",
    noAddress: "Sikertelen csatlakozás, nincs kiosztott IP cím",
    notReached: "Sikertelen csatlakozás, AP nem elérhető", refused: "Sikertelen csatlakozás",
    timeout: "Sikertelen csatlakozás AP időtúllépés miatt", accessPoint: "Wifimanager AccessPoint(AP) beállítása",
    accessPointAndStation: "WifiManager AccessPoint(AP) és Station(ST) beállítása", webServer: "Webszerver aktív:",
    withAddress: "IP cím:", restarting: "Újraindítás", retained: "megtartott", saved: "Flash-re mentve a(z)",
  },
  it_IT: {
    project: "Progetto", version: "Versione", useDefaults: "Usa valori predefiniti", connecting: "Connessione ad AP",
    inMode: "In modalità", as: "come", connected: "Connesso",
    noAddress: "Connessione fallita - indirizzo IP non ricevuto",
    notReached: "Connessione fallita - AP non raggiungibile", refused: "Connessione fallita",
    timeout: "Connessione fallita - timeout AP", accessPoint: "Impostazione Wifimanager come Access Point",
    accessPointAndStation: "Impostazione Wifimanager come Access Point e Station", webServer: "Server web attivo in",
    withAddress: "con indirizzo IP", restarting: "Riavvio", retained: "salvato", saved: "Salvato nella flash in",
  },
  ko_KO: {
    project: "프로젝트", version: "버전", useDefaults: "디폴트 사용", connecting: "AP에 연결 중", inMode: "in mode", as: "as",
    connected: "연결됨", noAddress: "IP 주소가 수신되지 않아 연결이 실패했습니다", notReached: "연결이 닿지 않아 AP에 연결할 수 없습니다",
    refused: "연결할 수 없습니다", timeout: "시간초과로 AP에 연결할 수 없습니다", accessPoint: "와이파이 매니저가 AccessPoint를 설정",
    accessPointAndStation: "와이파이 매니저가 AccessPoint와 keep Station을 설정", webServer: "Web 서버 작동 중", withAddress: "IP 주소",
    restarting: "재시작 중..", retained: "보류", saved: "플래시에 저장",
  },
  lt_LT: {
    project: "Projektas", version: "Versija", useDefaults: "Naudoti numatytuosius nustatymus",
    connecting: "Jungiamasi prie prieigos taško (AP)", inMode: "režime", as: "kaip", connected: "Prisijungta",
    noAddress: "Prisijungimas nepavyko – negautas IP adresas",
    notReached: "Prisijungimas nepavyko – nepavyko pasiekti AP",
    refused: "Prisijungimas nepavyko – neteisingas slaptažodis",
    timeout: "Prisijungimas nepavyko – AP atsako laikas baigėsi", accessPoint: "Wifimanager nustatė prieigos tašką",
    accessPointAndStation: "Wifimanager nustatė prieigos tašką ir išsaugojo stotį",
    webServer: "Web serveris aktyvus", withAddress: "su IP adresu", restarting: "Paleidžiama iš naujo",
    retained: "išlaikyta", saved: "Išsaugota į Flash at",
  },
  nl_NL: {
    project: "Project", version: "Versie", useDefaults: "Gebruik standaardwaarden", connecting: "Verbinden met AP",
    inMode: "in stand", as: "als", connected: "Verbonden",
    noAddress: "Verbinding mislukt omdat geen IP adres werd ontvangen",
    notReached: "Verbinding mislukt omdat AP onbereikbaar is", refused: "Verbinding mislukt",
    timeout: "Verbinding mislukt door AP time-out", accessPoint: "WiFimanager start AccessPoint",
    accessPointAndStation: "WiFimanager start AccessPoint en hou Station", webServer: "Webserver actief op",
    withAddress: "met IP adres", restarting: "Herstarten", retained: "behouden", saved: "Opgeslagen in flash op",
  },
  pl_PL: {
    project: "Projekt", version: "Wersja", useDefaults: "Użyj domyślnych", connecting: "Łączenie z AP",
    inMode: "w trybie", as: "jak", connected: "Połączony",
    noAddress: "Połączenie nie powiodło się, ponieważ nie otrzymano adresu IP",
    notReached: "Połączenie nie powiodło się, AP nie osiągalny", refused: "Połączenie nie powiodło się",
    timeout: "Nie udało się nawiązac połączenia, limit czasu przekroczony",
    accessPoint: "Menedżer sieci Wi-Fi Access Point",
    accessPointAndStation: "Menedżer Wifi ustawia punkt dostępowy i zachowuje stacje",
    webServer: "Aktywny serwer Web", withAddress: "z adresem IP", restarting: "Restartowanie", retained: "Zachowane",
    saved: "Zapisano do pamięci flash w",
  },
  pt_BR: {
    project: "Projeto", version: "Versão", useDefaults: "Usar predefinições", connecting: "Ligando ao PA",
    inMode: "em modo", as: "como", connected: "Ligado",
    noAddress: "A ligação falhou porque nenhum endereço IP foi recebido",
    notReached: "A ligação falhou porque o PA não pôde ser alcançado", refused: "A ligação falhou",
    timeout: "A ligação falhou porque o tempo foi excedido", accessPoint: "Wifimanager: configura o Ponto de Acesso",
    accessPointAndStation: "Wifimanager: configura o Ponto de Acesso e a Estação",
    webServer: "Servidor WEB ativo em", withAddress: "com o endereço IP", restarting: "Reiniciando",
    retained: "Manter", saved: "Salvo na flash em",
  },
  pt_PT: {
    project: "Projeto", version: "Versão", useDefaults: "Usar predefinições", connecting: "Ligando ao AP",
    inMode: "em modo", as: "como", connected: "Ligado",
    noAddress: "A ligação falhou porque nenhum endereço IP foi recebido",
    notReached: "A ligação falhou porque o AP não pode ser alcançado", refused: "A ligação falhou",
    timeout: "A ligação falhou porque o tempo excedeu", accessPoint: "Wifimanager configura o Ponto de Acesso",
    accessPointAndStation: "Wifimanager configura o Ponto de Acesso e mantem a Estação",
    webServer: "Servidor WEB ativo em", withAddress: "com o endereço IP", restarting: "A reiniciar",
    retained: "Manter", saved: "Guardado para flash em",
  },
  ro_RO: {
    project: "Proiect", version: "Versiune", useDefaults: "Folosește setari fabrică", connecting: "Conectare la AP",
    inMode: "in mode", as: "as", connected: "Conectat", noAddress: "Conexiune eșuată, lipsă primire adresă IP",
    notReached: "Conexiune eșuată, nu s-a găsit AP", refused: "Conexiune eșuată",
    timeout: "Conexiune eșuată, expirare timp AP", accessPoint: "Wifimanager set AccessPoint",
    accessPointAndStation: "Wifimanager set AccessPoint cu păstrare Stație", webServer: "Server Web activ",
    withAddress: "cu adresa IP", restarting: "Restartare", retained: "Păstrare", saved: "Salvat pe flash la",
  },
  ru_RU: {
    project: "Проект", version: "Версия", useDefaults: "Использовать значение по умолчанию",
    connecting: "Подключение к AP", inMode: "в режиме", as: "как", connected: "Соединен",
    noAddress: "Ошибка подключения, IP-адрес не получен",
    notReached: "Ошибка соединения, AP не может быть достигнута", refused: "Ошибка соединения",
    timeout: "Ошибка соединения с AP по тайм-ауту", accessPoint: "Wi-Fi менеджер установить Точку Доступа",
    accessPointAndStation: "Wi-Fi менеджер устанавливает Точку Доступа и сохраняет станцию",
    webServer: "Веб-сервер активен", withAddress: "с IP-адресом", restarting: "Перезагрузка", retained: "нераспред.",
    saved: "Сохранено во флэш-память",
  },
  sk_SK: {
    project: "Projekt", version: "Verzia", useDefaults: "Použi prednastavené hodnoty", connecting: "Pripájanie k AP",
    inMode: "v režime", as: "ako", connected: "...pripojené",
    noAddress: "Chyba pripojenia, nebola obdržaná IP adresa", notReached: "Chyba pripojenia, nedostupný AP",
    refused: "Chyba pripojenia", timeout: "Chyba pripojenia, uplynul AP timeout",
    accessPoint: "Wi-Fi manažér nastaví Access Point",
    accessPointAndStation: "Wi-Fi manažér nastaví AP a zachová STA", webServer: "Aktívny Web server",
    withAddress: "na IP adrese", restarting: "Reštartuje sa", retained: "Zachované",
    saved: "Uložené do flash pamäte v",
  },
  sv_SE: {
    project: "Projekt", version: "Version", useDefaults: "Använd standard", connecting: "Ansluter till AP",
    inMode: "i läge", as: "som", connected: "Ansluten", noAddress: "Anslutning misslyckades mottog ingen IP-adress",
    notReached: "Anslutning misslyckades, kunde inte nå AP", refused: "Anslutning misslyckades",
    timeout: "Anslutning misslyckadess med AP, timeout", accessPoint: "Wifihanterare ange accesspunkt",
    accessPointAndStation: "Wifihanterare ange accesspunkt och behåll station", webServer: "Webbserver aktiv på",
    withAddress: "med IP-adress", restarting: "Startar om", retained: "bevarad", saved: "Sparade till flash vid",
  },
  tr_TR: {
    project: "Proje", version: "Versiyon", useDefaults: "Varsayılanları Kullan", connecting: "AP'ye bağlan",
    inMode: "modunda", as: "as", connected: "Bağlandı", noAddress: "IP adresi alınamadığı için bağlantı kurulamadı",
    notReached: "Ap'ye ulaşılamadı", refused: "Bağlantı sağlanamadı",
    timeout: "AP'ye bağlanılırken süre aşımı oluştu", accessPoint: "Wifi yöneticisi AP olarak ayarlandı",
    accessPointAndStation: "Wifi yöneticisi AP olarak ayarlandı ve istasyon olarak bekletiliyor",
    webServer: "Web sunucusu aktif", withAddress: "IP adres ile", restarting: "Yeniden Başlatılıyor",
    retained: "tutulan", saved: "Bellekten (Flash) kaydedidi:",
  },
  uk_UA: {
    project: "Проект", version: "Версія", useDefaults: "Використовувати значення за замовчуванням",
    connecting: "Підключення до Точки Доступу", inMode: "в режимі", as: "як", connected: "Під'єднано",
    noAddress: "Помилка підключення, IP-адреса не отримана", notReached: "Помилка з'єднання, AP не знайдено",
    refused: "Помилка з'єднання", timeout: "Помилка з'єднання з AP по тайм-ауту",
    accessPoint: "Wifi менеджер встановив Точку Доступу",
    accessPointAndStation: "Wifi менеджер встановлює Точку Доступу і станцію", webServer: "Веб-сервер активний",
    withAddress: "з IP-адресою", restarting: "Перезавантаження", retained: "зберігати",
    saved: "Збережено в Flash-пам'ять",
  },
  vi_VN: {
    project: "Dự án", version: "Phiên bản", useDefaults: "Sử dụng mặc định",
    connecting: "Đang kết nối đến điểm truy cập", inMode: "in mode", as: "với tên gọi", connected: "Đã kết nối",
    noAddress: "Kết nối thất bại do không được cấp địa chỉ IP",
    notReached: "Kết nối thất bại do không tìm thấy điểm truy cập", refused: "Kết nối thất bại",
    timeout: "Kết nối đến điểm truy cập thất bại do quá thời hạn", accessPoint: "Wifimanager set AccessPoint",
    accessPointAndStation: "Wifimanager set AccessPoint and keep Station", webServer: "Máy chủ Web đã bật",
    withAddress: "với địa chỉ IP", restarting: "Đang khởi động", retained: "lưu giữ",
    saved: "Lưu vào bộ nhớ flash tại",
  },
  zh_CN: {
    project: "项目:", version: "版本", useDefaults: "使用默认设置", connecting: "连接到 AP", inMode: "模式:", as: "名称:",
    connected: "已连接", noAddress: "连接失败，因为没有获取到 IP 地址", notReached: "连接失败，无法连接 AP", refused: "连接失败",
    timeout: "连接失败，AP 超时", accessPoint: "Wifimanager 设置接入点", accessPointAndStation: "Wifimanager 设置无线操作模式",
    webServer: "Web 服务器地址:", withAddress: "IP 地址:", restarting: "正在重启", retained: "已保留", saved: "保存到 flash:",
  },
  zh_TW: {
    project: "項目:", version: "版本", useDefaults: "使用預設值", connecting: "正在連線至存取點", inMode: "in模式:", as: "名稱:",
    connected: "已連線", noAddress: "連線失敗:未收到IP位置", notReached: "連線失敗:無法連線至存取點", refused: "連線失敗", timeout: "連線失敗:存取點超時",
    accessPoint: "Wifimanager 已設定存取點", accessPointAndStation: "Wifimanager set AccessPoint and keep Station",
    webServer: "網頁伺服器已經啟動，位於:", withAddress: "IP位址:", restarting: "正在重新啟動", retained: "已保留", saved: "儲存至快閃記憶體，位於:",
  },
};

// biome-ignore format: a table
export const OLDER_WORDS: Readonly<Partial<Record<keyof LogWords, readonly string[]>>> = {
  useDefaults: [
    "Използване на параметри по подразбиране", "使用默認設置",
  ],
  connecting: [
    "連接到 AP",
  ],
  connected: [
    "已連接",
  ],
  noAddress: [
    "Грешка при свързването, не е получен IP адрес", "連接失敗，因為沒有獲取到IP地址",
  ],
  notReached: [
    "Грешка при свързването, точката за достъп е недостижима", "連接失敗，無法連接AP",
  ],
  refused: [
    "Грешка при свързването", "連接失敗",
  ],
  timeout: [
    "Грешка при свързването, превишено време за изчакване", "連接失敗，AP超時",
  ],
  accessPoint: [
    "Wifi мениджърът настрои точката за достъп", "Impostazione Wifimanager come AccessPoint",
    "Wifimanager start AccessPoint", "Wifi менеджер установил Точку Доступа", "Wifimanager 設置接入點",
    "Wifimanager het AccessPoint ingestel",
  ],
  accessPointAndStation: [
    "Wifi мениджърът настройва точка за достъп и запомня станцията",
    "Impostazione Wifimanager come AccessPoint e Station", "Wifimanager start AccessPoint en hou Station",
    "Wifi менеджер устанавливает Точку Доступа и сохраняет станцию",
    "Wifimanager stel AccessPoint in en hou Station",
  ],
  webServer: [
    "Уеб сървърът е активен на", "Web-Server aktiv bei", "Web服務器:", "Webserver aktiv bei",
  ],
  withAddress: [
    "с IP адрес", "IP地址:",
  ],
  restarting: [
    "Перезапуск", "正在重啟",
  ],
  saved: [
    "Запазено във флаш паметта на", "in Flash gespeichert am", "Guardado na flash em",
  ],
};

/** One kind of word in all languages and times, each once, the longest first. */
export function wordsFor(kind: keyof LogWords): readonly string[] {
  const words = [...Object.values(LOG_WORDS).map((each) => each[kind]), ...(OLDER_WORDS[kind] ?? [])];
  return [...new Set(words)].sort((a, b) => b.length - a.length);
}
