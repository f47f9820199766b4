/** German, for a person with a soldering iron in one hand: Sie, the trade's own terms, short sentences. */
import type { Catalogue } from "../catalogue.ts";

export const de: Catalogue = {
  language: "de",
  covers: "everything",
  texts: {
    // The command line.
    "get, build: the build (default: tasmota); inspect: a file, or the folder of a backup; try: a file":
      "get, build: die Variante (Vorgabe: tasmota); inspect: eine Datei oder der Ordner einer Sicherung; try: eine Datei",
    all: "alle",
    no: "nein",
    "This was a virtual plug with a stand-in for Tasmota. Nothing real was touched.":
      "Das war ein virtueller Stecker mit einer Vertretung für Tasmota. Nichts Echtes wurde angefasst.",
    "{0} (executed by the virtual chip)": "{0} (vom virtuellen Chip ausgeführt)",
    'There is no transport "{0}".': "Den Weg „{0}“ gibt es nicht.",
    "open the workbench: do the whole job in a browser on this computer":
      "die Werkbank öffnen: alles in einem Browser an diesem Computer erledigen",
    "port on this computer to serve at (by default, {0} or any free port)":
      "Port dieses Computers (ohne Angabe {0} oder ein freier Port)",
    "do not open the browser; show the address to open": "den Browser nicht öffnen; die Adresse zum Öffnen zeigen",
    "The workbench runs at {0} until you press Ctrl-C. To open another tab, run the same command again.":
      "Die Werkbank läuft unter {0}, bis Sie Strg-C drücken. Für einen weiteren Tab führen Sie denselben Befehl noch einmal aus.",
    "The workbench is closed. Recorded steps are not repeated.":
      "Die Werkbank ist geschlossen. Aufgezeichnete Schritte werden nicht wiederholt.",
    "The workbench is already running at {0}": "Die Werkbank läuft schon unter {0}",
    "Open this address within one minute: {0}start#{1}":
      "Öffnen Sie diese Adresse innerhalb einer Minute: {0}start#{1}",
    "Open this file in a browser within one minute: {0}":
      "Öffnen Sie diese Datei innerhalb einer Minute in einem Browser: {0}",
    "{0} cannot be {1}: a program cannot serve at this port.":
      "{1} ist für {0} nicht möglich: An diesem Port darf ein Programm nichts anbieten.",
    "Use 1024 to 65535, or leave out the option.": "Nehmen Sie 1024 bis 65535, oder lassen Sie die Option weg.",
    "name of the Wi-Fi network that it should be in": "Name des WLANs, in dem er sein soll",
    "Checks passed: {0}.": "Bestandene Prüfungen: {0}.",
    "also save a copy here; an incomplete copy is completed, any other file is left alone":
      "auch eine Kopie hier ablegen; eine unvollständige Kopie wird ergänzt, andere Dateien bleiben",
    "The backup was already complete and checked: {0}": "Die Sicherung war schon vollständig und geprüft: {0}",
    "Backup complete and checked: {0}": "Sicherung vollständig und geprüft: {0}",
    Copy: "Kopie",
    "It contains everything that the plug knew, including the Wi-Fi password. Keep it private.":
      "Sie enthält alles, was der Stecker wusste, auch das WLAN-Passwort. Halten Sie sie unter Verschluss.",
    "The first start is left for the first time at mains.": "Der erste Start folgt beim ersten Mal an Netzspannung.",
    "First start: Tasmota {0} runs.": "Erster Start: Tasmota {0} läuft.",
    "plug by name or MAC; optional if there is only one": "Name oder MAC des Steckers; unnötig, wenn es nur einen gibt",
    "file with the output of the failed command, run with --json":
      "Datei mit der Ausgabe des fehlgeschlagenen Befehls, mit --json aufgerufen",
    "write the text to this file; by default, show it":
      "den Text in diese Datei schreiben; ohne Angabe wird er gezeigt",
    "It contains no private data: no names, addresses, passwords or messages. Describe in your own words what happened.":
      "Er enthält keine privaten Daten: keine Namen, Adressen, Passwörter oder Nachrichten. Beschreiben Sie dazu, was passiert ist.",
    "calibrate several plugs in one circuit, in the order from the wall to the load: host,host,… (with --reference)":
      "mehrere Stecker in einem Stromkreis kalibrieren, in der Reihenfolge von der Wand zur Last: host,host,… (mit --reference)",
    "restore the constants from before the last calibration":
      "die Konstanten von vor der letzten Kalibrierung wiederherstellen",
    "set the recorded constants again without measuring": "die aufgezeichneten Konstanten ohne Messung wieder setzen",
    "--undo and --from-journal cannot be combined.": "--undo und --from-journal lassen sich nicht kombinieren.",
    "--undo restores the previous constants; --from-journal sets the recorded ones again.":
      "--undo stellt die vorigen Konstanten wieder her, --from-journal setzt die aufgezeichneten wieder.",

    "file for the recording; it must not exist yet": "Datei für die Aufzeichnung; es darf sie noch nicht geben",
    "bytes to read at each rate, a multiple of 4096": "Bytes, die je Rate gelesen werden, ein Vielfaches von 4096",
    "do not use DTR and RTS": "DTR und RTS nicht benutzen",
    "{0} exchanges, {1} times in {2}. The recording contains no data from the flash, and only the manufacturer's half of the MAC.":
      "{0} Frage-Antwort-Paare und {1} Zeiten in {2}. Die Aufzeichnung enthält keine Daten aus dem Flash und von der MAC nur die Hälfte des Herstellers.",
    "Choose another name with --out, or move the file away.":
      "Wählen Sie mit --out einen anderen Namen, oder verschieben Sie die Datei.",
    "The closing list is finished: {0} items confirmed, {1} measured.":
      "Die Schließliste ist fertig: {0} Punkte bestätigt, {1} gemessen.",
    "command and value, as in Tasmota's console": "Befehl und Wert, wie in Tasmotas Konsole",
    "file with the value, - for standard input; use it for passwords":
      "Datei mit dem Wert, - für die Standardeingabe; für Passwörter gedacht",
    "Sent. A Backlog returns no answers. To check it, query the settings one by one.":
      "Gesendet. Ein Backlog liefert keine Antworten. Fragen Sie die Einstellungen zur Kontrolle einzeln ab.",
    "plugsmith takes no passwords from the command line, because other users can see it and the shell stores it.":
      "plugsmith nimmt keine Passwörter von der Befehlszeile an, weil andere Benutzer sie sehen können und die Shell sie speichert.",
    "Run plugsmith cmnd {0} --value-file FILE (or - for standard input).":
      "Führen Sie plugsmith cmnd {0} --value-file DATEI aus (oder - für die Standardeingabe).",
    "plugsmith takes no passwords from the command line, not even inside a Backlog.":
      "plugsmith nimmt keine Passwörter von der Befehlszeile an, auch nicht in einem Backlog.",
    "Send the password on its own with --value-file.": "Senden Sie das Passwort einzeln mit --value-file.",

    "The plug {0} is converted: http://{1}/": "Der Stecker {0} ist umgerüstet: http://{1}/",
    "Certificate, to open in a browser: {0}": "Zertifikat, zum Öffnen im Browser: {0}",
    "give up after this time; by default, at Ctrl-C, or after 30 s with --no-input":
      "nach dieser Zeit aufgeben; ohne Angabe bei Strg-C, mit --no-input nach 30 s",
    "Listen to the chip and call it": "Den Chip abhören und rufen",
    "The chip answers: {0}, MAC {1}. It is ready for plugsmith convert. Nothing was written.":
      "Der Chip antwortet: {0}, MAC {1}. Er ist bereit für plugsmith convert. Nichts wurde geschrieben.",
    "The chip answers: {0}, MAC {1}. A flasher's stub is running on it. Nothing was written.":
      "Der Chip antwortet: {0}, MAC {1}. Auf ihm läuft der Stub eines Flash-Programms. Nichts wurde geschrieben.",
    "start of the region, a multiple of 4096": "Anfang des Bereichs, ein Vielfaches von 4096",
    "length of the region, a multiple of 4096": "Länge des Bereichs, ein Vielfaches von 4096",
    "A region needs both --at and --length.": "Ein Bereich braucht --at und --length.",
    "Give both, or give neither to erase the whole flash.":
      "Geben Sie beide an, oder keine, um den ganzen Flash zu löschen.",
    "the whole flash": "den ganzen Flash",

    "Erased and checked: {0}.": "Gelöscht und geprüft: {0}.",
    "file to write; by default, plugsmith-MAC.zip in this folder":
      "Datei, die geschrieben wird; ohne Angabe plugsmith-MAC.zip in diesem Ordner",
    "include the web password and the broker's password":
      "auch das Web-Passwort und das Passwort des Brokers einpacken",
    "The plug {0} has no record in {1}.": "Zum Stecker {0} gibt es in {1} keine Aufzeichnung.",
    "Check the MAC.": "Prüfen Sie die MAC.",
    "It contains the plug's passwords. Keep it private, and delete it after the import.":
      "Sie enthält die Passwörter des Steckers. Halten Sie sie unter Verschluss, und löschen Sie sie nach dem Import.",
    "It does not contain the plug's passwords; --with-secrets adds them.":
      "Sie enthält die Passwörter des Steckers nicht; --with-secrets packt sie mit ein.",
    "Its backups contain what the plug knew, including the Wi-Fi password. Only you can read the file (0600).":
      "Die Sicherungen darin enthalten, was der Stecker wusste, auch das WLAN-Passwort. Nur Sie können die Datei lesen (0600).",
    "Continue with the plug on one computer only: two records cannot be merged.":
      "Machen Sie mit dem Stecker nur an einem Computer weiter: Zwei Aufzeichnungen lassen sich nicht zusammenführen.",
    "query every address of a range once, such as 192.168.1.0/24 or 192.168.1.10-192.168.1.50":
      "jede Adresse eines Bereichs einmal abfragen, etwa 192.168.1.0/24 oder 192.168.1.10-192.168.1.50",
    "query an MQTT broker for announced plugs": "einen MQTT-Broker nach angekündigten Steckern fragen",
    "user name for the broker; PLUGSMITH_MQTT_PASSWORD holds the password":
      "Benutzername für den Broker; das Passwort steht in PLUGSMITH_MQTT_PASSWORD",
    "No plug found. To look further, give your network's range, such as --range 192.168.1.0/24, or --broker.":
      "Kein Stecker gefunden. Geben Sie für eine weitere Suche den Bereich Ihres Netzes an, etwa --range 192.168.1.0/24, oder --broker.",
    "minimal build": "Minimalvariante",
    "needs its password": "braucht sein Passwort",
    "{0} does not answer at {1}.": "{0} antwortet nicht unter {1}.",
    "{0} was last confirmed at {1}, but now {2} claims to be this plug. plugsmith sends no password there until you agree.":
      "{0} war zuletzt unter {1} bestätigt, jetzt gibt sich {2} als dieser Stecker aus. plugsmith sendet kein Passwort dorthin, bevor Sie zustimmen.",
    "list: show every build of every release, including builds without metering":
      "list: jede Variante jeder Version zeigen, auch solche ohne Messung",
    "list, get, build: use this release; by default, the newest":
      "list, get, build: diese Version; ohne Angabe die neueste",
    "get, build: use the standard build in this language, such as DE":
      "get, build: die Standardvariante in dieser Sprache, etwa DE",
    "get: download the compressed form, for updates over the air only":
      "get: die komprimierte Form holen, nur für Updates über WLAN",
    "get: allow a build that has no metering or does not fit":
      "get: auch eine Variante erlauben, die nicht misst oder nicht passt",
    "get: add a file that you already have to the library": "get: eine vorhandene Datei in die Bibliothek aufnehmen",
    "device that the image is for: a name, or a profile.json":
      "Gerät, für das das Image ist: ein Name oder eine profile.json",
    "inspect: flash size of the chip": "inspect: Flash-Größe des Chips",
    "inspect: flash mode to write the image with": "inspect: Flash-Modus, mit dem das Image geschrieben würde",
    "one of: {0}": "eines von: {0}",

    'firmware has no action "{0}".': "firmware hat keine Aktion „{0}“.",
    "Choose one of: {0}.": "Möglich: {0}.",
    "file that plugsmith export made": "mit plugsmith export gepackte Datei",
    "only accept the archive of this plug": "nur das Archiv dieses Steckers annehmen",
    "The archive belongs to the plug {0}, not to {1}.": "Das Archiv gehört zum Stecker {0}, nicht zu {1}.",
    "Give the archive of the right plug.": "Geben Sie das Archiv des richtigen Steckers an.",
    "The conversion has no steps left.": "Von der Umrüstung ist nichts mehr zu tun.",
    "Next: plugsmith convert --resume {0}": "Weiter mit: plugsmith convert --resume {0}",
    "The archive belongs to a virtual plug and cannot be used for a real one.":
      "Das Archiv gehört zu einem virtuellen Stecker und taugt nicht für einen echten.",
    "The archive belongs to a real plug and cannot be used for a virtual one.":
      "Das Archiv gehört zu einem echten Stecker und taugt nicht für einen virtuellen.",
    "Name the virtual plug's folder with --port sim:FOLDER.":
      "Nennen Sie den Ordner des virtuellen Steckers mit --port sim:ORDNER.",
    "Leave out --port.": "Lassen Sie --port weg.",
    "{0}, crystal {1} MHz": "{0}, Quarz {1} MHz",
    Flash: "Flash",
    "{0}, {1}, id {2}": "{0}, {1}, ID {2}",
    "rate of the serial line; 74880 shows the text of the boot ROM":
      "Rate der seriellen Leitung; 74880 zeigt den Text des Boot-ROMs",
    "stop after this time; by default, at Ctrl-C": "nach dieser Zeit aufhören; ohne Angabe bei Strg-C",
    "{0} plugsmith waits until it is back.": "{0} plugsmith wartet, bis sie wieder da ist.",
    "The connection to {0} is back.": "Die Verbindung zu {0} ist wieder da.",
    "The adapter is back at {0}.": "Der Adapter ist wieder da: {0}.",
    "The line was not sent.": "Die Zeile wurde nicht gesendet.",
    "No serial port found. A port can also be tcp://HOST:PORT or rfc2217://HOST:PORT on another computer, or sim: for a virtual plug.":
      "Keine serielle Schnittstelle gefunden. Möglich sind auch tcp://HOST:PORT oder rfc2217://HOST:PORT an einem anderen Computer, oder sim: für einen virtuellen Stecker.",
    "serial number {0}": "Seriennummer {0}",
    "The plug {0} is prepared for {1}.": "Der Stecker {0} ist vorbereitet für {1}.",
    "Do not disconnect it: the next step needs the same power-up.":
      "Trennen Sie ihn nicht: Der nächste Schritt braucht denselben Einschaltvorgang.",
    "Next: plugsmith backup, or plugsmith convert --resume for all remaining steps.":
      "Weiter mit plugsmith backup, oder mit plugsmith convert --resume für alle übrigen Schritte.",
    "name or folder of a device (default: {0})": "Name oder Ordner eines Geräts (Vorgabe: {0})",
    "show: language of the guide": "show: Sprache der Anleitung",
    'profile has no action "{0}".': "profile hat keine Aktion „{0}“.",

    "{0} A": "{0} A",
    "{0} cannot be used yet. Problems found: {1}.": "{0} ist noch nicht verwendbar. Gefundene Probleme: {1}.",
    "Correct the problems listed above. docs/devices.md describes each file.":
      "Beheben Sie die Probleme oben. docs/devices.md beschreibt jede Datei.",
    "{0}: {1} files, no problem found.": "{0}: {1} Dateien, kein Problem gefunden.",
    "show every question with its answer, and every event": "jede Frage mit ihrer Antwort und jedes Ereignis zeigen",
    "show the same, slowly enough to read along": "dasselbe zeigen, langsam genug zum Mitlesen",
    "simulate a careless person, who skips steps, mistypes and pulls the cable":
      "eine unachtsame Person spielen, die Schritte überspringt, sich vertippt und am Kabel zieht",
    "seed of the random numbers: another plug in another home":
      "Startwert der Zufallszahlen: ein anderer Stecker in einer anderen Wohnung",
    "Stopped: {0} The plug: {1}. Next: {2} The virtual person does this and runs the same command again.":
      "Angehalten: {0} Der Stecker: {1}. Weiter: {2} Die virtuelle Person tut das und führt denselben Befehl noch einmal aus.",
    "(The virtual person {0}.)": "(Die virtuelle Person {0}.)",
    "The virtual plug {0} is converted. Steps recorded: {1}; accidents: {2}.":
      "Der virtuelle Stecker {0} ist umgerüstet. Aufgezeichnete Schritte: {1}; Unfälle: {2}.",
    firmware: "Firmware",
    "{0} (a stand-in)": "{0} (eine Vertretung)",
    "error before: {0}; now within {1}": "Fehler vorher: {0}; jetzt innerhalb {1}",
    "The rehearsal took {0} of the plug's time and {1} of yours.":
      "Die Probe dauerte {0} Zeit des Steckers und {1} Ihrer Zeit.",
    "Nothing real was touched. To practise on a virtual plug yourself:":
      "Nichts Echtes wurde angefasst. Zum Selbermachen an einem virtuellen Stecker:",
    "Check the MAC. `plugsmith backup` and `plugsmith calibrate` create records.":
      "Prüfen Sie die MAC. `plugsmith backup` und `plugsmith calibrate` legen Aufzeichnungen an.",
    "serial port if wires are attached; sim: or sim:FOLDER for a virtual plug":
      "serielle Schnittstelle, wenn Litzen angelötet sind; sim: oder sim:ORDNER für einen virtuellen Stecker",
    "plug by name or MAC": "Name oder MAC des Steckers",
    "what you see: {0}; without it, rescue asks": "was Sie sehen: {0}; ohne Angabe fragt rescue",
    "Tasmota image, for a plug that does not start": "Tasmota-Image für einen Stecker, der nicht startet",
    '--symptom cannot be "{0}".': "„{0}“ ist für --symptom nicht möglich.",

    "Run rescue again with --ssid.": "Führen Sie rescue noch einmal mit --ssid aus.",
    "Its calibration was restored from its journal.": "Seine Kalibrierung wurde aus dem Journal wiederhergestellt.",
    "Its calibration was still there.": "Seine Kalibrierung war noch vorhanden.",
    "No calibration is on record. To calibrate the plug, run plugsmith calibrate.":
      "Keine Kalibrierung ist aufgezeichnet. Zum Kalibrieren: plugsmith calibrate.",
    "Steps taken: {0}.": "Ausgeführt: {0}.",
    "Wires are still attached. Are they off already? Then run plugsmith close before you connect the plug to mains.":
      "Nach den Aufzeichnungen sind noch Litzen angelötet. Sind sie schon ab? Dann führen Sie vor der Netzspannung plugsmith close aus.",
    "The plug {0} is restored: the backup is back, byte for byte.":
      "Der Stecker {0} ist wiederhergestellt: Die Sicherung ist Byte für Byte zurück.",
    "The plug {0} is back at http://{1}/, configured and locked. Checks passed: {2}.":
      "Der Stecker {0} ist zurück unter http://{1}/, eingerichtet und abgesichert. Bestandene Prüfungen: {2}.",
    "MAC of the plug, time of a sealed backup, or a file; by default, the first backup of the connected plug (restore asks if it is not certain)":
      "MAC des Steckers, Zeit einer versiegelten Sicherung oder eine Datei; ohne Angabe die erste Sicherung des angeschlossenen Steckers (restore fragt, wenn das nicht sicher ist)",
    "back up the present contents first, in the same connection":
      "zuerst den jetzigen Inhalt sichern, in derselben Verbindung",
    "restore although the erase gate is closed; type this plug's MAC to confirm":
      "trotz geschlossener Löschsperre zurückschreiben; zur Bestätigung die MAC dieses Steckers tippen",

    "Restored {0} byte for byte: MD5 {1}": "{0} ist Byte für Byte zurückgeschrieben: MD5 {1}",

    "Password set. plugsmith tried {0} pages and commands without it: all were refused. Anyone with the plug in hand can still reset it with its button.":
      "Passwort gesetzt. plugsmith hat {0} Seiten und Befehle ohne Passwort versucht: Alle wurden abgewiesen. Wer den Stecker in der Hand hat, kann ihn mit der Taste weiterhin zurücksetzen.",
    "show passwords": "Passwörter zeigen",
    "also show empty and unused settings, and compare counters":
      "auch leere und ungenutzte Einstellungen zeigen und Zähler vergleichen",
    "download: file to write (by default, in the plug's folder)":
      "download: Datei, die geschrieben wird (ohne Angabe im Ordner des Steckers)",
    "a .dmp file, or a backup of the whole flash": "eine .dmp-Datei oder eine Sicherung des ganzen Flash",
    "diff: file to compare with": "diff: Datei, mit der verglichen wird",
    'settings has no action "{0}".': "settings hat keine Aktion „{0}“.",
    "The command needs a file.": "Der Befehl braucht eine Datei.",
    "{0} contains no Tasmota settings.": "{0} enthält keine Tasmota-Einstellungen.",
    "A backup of the vendor's firmware does not contain any.": "Eine Sicherung der Hersteller-Firmware enthält keine.",
    "The file contains the plug's passwords, readable by anyone who has it.":
      "Die Datei enthält die Passwörter des Steckers, lesbar für jeden, der sie hat.",
    "The plug does not report its MAC, so plugsmith has no folder for its settings.":
      "Der Stecker meldet seine MAC nicht, also hat plugsmith keinen Ordner für seine Einstellungen.",
    "Name the file with --output FILE.": "Nennen Sie die Datei mit --output DATEI.",
    "Tasmota {0}, saved {1} times, {2} of 699 bytes for texts used":
      "Tasmota {0}, {1}-mal gespeichert, {2} von 699 Bytes für Texte belegt",
    "No differences.": "Keine Unterschiede.",
    "Replace all settings of the plug with those from {0}, including Wi-Fi and passwords?":
      "Alle Einstellungen des Steckers durch die aus {0} ersetzen, auch WLAN und Passwörter?",
    "{0} is {1} instead of {2}.": "{0} ist {1} statt {2}.",
    "Restored. The plug has exactly these settings.": "Wiederhergestellt. Der Stecker hat genau diese Einstellungen.",
    "Restored.": "Wiederhergestellt.",
    "how to send the Wi-Fi credentials to the plug: {0} (by default, the first one that can carry them)":
      "wie die WLAN-Zugangsdaten zum Stecker kommen: {0} (ohne Angabe der erste Weg, der sie übertragen kann)",
    "the old name of --transport": "der alte Name von --transport",
    "serial port, for the transports that use wires": "serielle Schnittstelle, für die Wege über Litzen",
    "plug by MAC or name, if several plugs open an access point":
      "MAC oder Name des Steckers, wenn mehrere ein WLAN aufspannen",
    "address of a plug that is already in the network": "Adresse eines Steckers, der schon im Netzwerk ist",
    "The plug {0} at http://{1}/ is configured and locked. Checks passed: {2}.":
      "Der Stecker {0} unter http://{1}/ ist eingerichtet und abgesichert. Bestandene Prüfungen: {2}.",
    "The command does not name the Wi-Fi network.": "Der Befehl nennt kein WLAN.",
    "Give --ssid, or give --address for a plug that is already in the network.":
      "Geben Sie --ssid an, oder --address für einen Stecker, der schon im Netzwerk ist.",

    "folder of the virtual plug; without a folder, each start makes a new plug":
      "Ordner des virtuellen Steckers; ohne Ordner entsteht bei jedem Start ein neuer",
    "not reported": "nicht gemeldet",
    "{0}, topic {1}": "{0}, Topic {1}",
    "{0} ({1}) on {2}, running for {3} s": "{0} ({1}) auf {2}, läuft seit {3} s",
    Network: "Netzwerk",
    "{0}, not on Wi-Fi": "{0}, nicht im WLAN",
    "{0}, Wi-Fi {1}, {2} dBm": "{0}, WLAN {1}, {2} dBm",
    Relay: "Relais",
    on: "ein",
    off: "aus",
    "{0} V, {1} A, {2} W": "{0} V, {1} A, {2} W",
    Damaged: "Beschädigt",
    "{0}: this part of the plug's answer could not be read":
      "{0}: Dieser Teil der Antwort des Steckers war nicht lesbar",
    "the template itself, a file, or - for standard input; for search, the words to look for":
      "das Template selbst, eine Datei oder - für die Standardeingabe; bei search die Suchwörter",
    "convert to the 13-entry form of firmware before 9": "in die Form mit 13 Einträgen umwandeln, für Firmware vor 9",
    "use your own list of templates instead of the published one":
      "statt der veröffentlichten eine eigene Liste von Templates nehmen",
    'template has no action "{0}".': "template hat keine Aktion „{0}“.",
    "The command needs a template.": "Der Befehl braucht ein Template.",
    "{0}, based on {1}, in the old form (before firmware 9)":
      "{0}, auf Basis von {1}, in der alten Form (vor Firmware 9)",
    "{0}, based on {1}, in the current form": "{0}, auf Basis von {1}, in der heutigen Form",
    error: "Fehler",
    warning: "Warnung",
    "The template has mistakes: {0}": "Das Template hat Fehler: {0}",
    "Correct it before you use it on a plug.": "Berichtigen Sie es, bevor Sie es auf einem Stecker verwenden.",
    "No mistakes found.": "Keine Fehler gefunden.",
    "The download from the published list's address contains no templates.":
      "Der Download von der Adresse der veröffentlichten Liste enthält keine Templates.",
    "Try again later, or search your own file with --list.":
      "Versuchen Sie es später noch einmal, oder suchen Sie mit --list in einer eigenen Datei.",
    "Templates imported: {0}.": "Importierte Templates: {0}.",
    "The command needs words to search for.": "Der Befehl braucht Suchwörter.",
    "Downloading the list of templates that the Tasmota project publishes.":
      "Lädt die Liste der Templates, die das Tasmota-Projekt veröffentlicht.",
    "… and {0} more. Add a word to narrow the search.": "… und {0} weitere. Ein weiteres Wort grenzt die Suche ein.",
    'Nothing found for "{0}".': "Nichts gefunden für „{0}“.",
    "use this image file, compressed or not, instead of a release":
      "diese Image-Datei nehmen, komprimiert oder nicht, statt einer Version",
    "file with Tasmota's minimal build, if there is no internet access":
      "Datei mit Tasmotas Minimalvariante, wenn es kein Internet gibt",
    "use this release; by default, the newest": "diese Version; ohne Angabe die neueste",
    "use this build; by default, the one that the plug's update address names":
      "diese Variante; ohne Angabe die, die die Update-Adresse des Steckers nennt",
    "allow a build without metering": "auch eine Variante ohne Messung erlauben",
    "allow an older version": "auch eine ältere Version erlauben",
    "let the plug download the images from this computer; optionally, the address and port to use (by default, this computer's address and any free port)":
      "den Stecker die Images von diesem Computer laden lassen; auf Wunsch mit Adresse und Port (ohne Angabe die Adresse dieses Computers und ein freier Port)",
    "show the steps without changing anything": "die Schritte zeigen, ohne etwas zu ändern",
    '--serve cannot be "{0}".': "„{0}“ ist für --serve nicht möglich.",
    "Give this computer's address as the plug sees it, a port, or both: 192.168.1.20:8080.":
      "Geben Sie die Adresse dieses Computers aus Sicht des Steckers an, einen Port oder beides: 192.168.1.20:8080.",
    "A practice plug is in a virtual network and cannot download from this computer.":
      "Ein Übungsstecker ist in einem virtuellen Netzwerk und kann nichts von diesem Computer laden.",
    "Leave out --serve: plugsmith then sends the image to the plug.":
      "Lassen Sie --serve weg: plugsmith sendet das Image dann an den Stecker.",
    "The plug already runs {0}. There is nothing to do.": "Auf dem Stecker läuft schon {0}. Es gibt nichts zu tun.",
    "Upgrade the plug at {0}? The connected appliance may be off for some minutes.":
      "Den Stecker unter {0} aktualisieren? Das angeschlossene Gerät kann einige Minuten aus sein.",
    "The plug now runs {0}.": "Auf dem Stecker läuft jetzt {0}.",
    "The plug now runs {0}, built {1}.": "Auf dem Stecker läuft jetzt {0}, gebaut {1}.",
    "The plug runs {0}.": "Auf dem Stecker läuft {0}.",
    "The plug runs {0} and has {1} free for an upgrade.": "Auf dem Stecker läuft {0}; für ein Update sind {1} frei.",
    "An earlier upgrade stopped halfway. Only the last step is missing.":
      "Ein früheres Update blieb auf halbem Weg stehen. Es fehlt nur der letzte Schritt.",
    "The image fits, so one step is enough.": "Das Image passt, also reicht ein Schritt.",
    "The image does not fit beside the running firmware, so plugsmith installs the minimal build first.":
      "Das Image passt nicht neben die laufende Firmware, deshalb spielt plugsmith zuerst die Minimalvariante ein.",
    "Step {0}: {1}, {2} to send.": "Schritt {0}: {1}, {2} zu senden.",
    "While the plug runs the minimal build, for a minute or two, it cannot be switched over the network and does not measure.":
      "Solange die Minimalvariante läuft, ein bis zwei Minuten, lässt sich der Stecker nicht über das Netzwerk schalten und misst nicht.",
    "plugsmith does not know the plug's earlier settings. Check the settings with plugsmith audit.":
      "plugsmith kennt die früheren Einstellungen des Steckers nicht. Prüfen Sie sie mit plugsmith audit.",
    "The earlier settings, including passwords, are in {0}.":
      "Die früheren Einstellungen samt Passwörtern sind in {0}.",
    "Its settings, calibration and password are unchanged.":
      "Einstellungen, Kalibrierung und Passwort sind unverändert.",
    "Its calibration, template, network and password are unchanged. The new firmware changed:":
      "Kalibrierung, Template, Netzwerk und Passwort sind unverändert. Die neue Firmware hat geändert:",
    "check with a second load right after the calibration":
      "direkt nach der Kalibrierung mit einer zweiten Last prüfen",
    "The flash contains the image: MD5 {0}": "Der Flash enthält das Image: MD5 {0}",
    "needed: erase only sectors that differ; all: erase the whole target first":
      "needed: nur abweichende Sektoren löschen; all: zuerst das ganze Ziel löschen",

    "Written and checked: MD5 {0}": "Geschrieben und geprüft: MD5 {0}",
    "Before the first start, release GPIO0 and switch the power off and on again. Without this power cycle, every restart leads back to download mode.":
      "Geben Sie vor dem ersten Start GPIO0 frei, und schalten Sie die Versorgung aus und wieder ein. Ohne das führt jeder Neustart zurück in den Download-Modus.",
    "error before: {0}": "Fehler vorher: {0}",
    "now within {0}": "jetzt innerhalb {0}",
    "Uncertainties are for k = {0} (about 95 %).": "Unsicherheiten gelten für k = {0} (etwa 95 %).",
    "Load: {0}.": "Last: {0}.",
    "Restored the constants: PowerCal {0}, VoltageCal {1}, CurrentCal {2}.":
      "Konstanten wiederhergestellt: PowerCal {0}, VoltageCal {1}, CurrentCal {2}.",
    "Set the recorded constants again: PowerCal {0}, VoltageCal {1}, CurrentCal {2}.":
      "Aufgezeichnete Konstanten wieder gesetzt: PowerCal {0}, VoltageCal {1}, CurrentCal {2}.",
    "plug {0}": "Stecker {0}",
    "reference {0}": "Referenz {0}",
    "error {0} ({1})": "Fehler {0} ({1})",
    "--row and {0} cannot be combined.": "--row und {0} lassen sich nicht kombinieren.",
    "A row is only calibrated against --reference.": "Eine Reihe wird nur mit --reference kalibriert.",
    "--row names no plug.": "--row nennt keinen Stecker.",
    "Write --row HOST,HOST, in the order from the wall to the load.":
      "Schreiben Sie --row HOST,HOST, in der Reihenfolge von der Wand zur Last.",
    "--row names {0} twice.": "--row nennt {0} zweimal.",
    "Name each plug once, in the order from the wall to the load.":
      "Nennen Sie jeden Stecker einmal, in der Reihenfolge von der Wand zur Last.",
    "A row of plugs needs another plug as the reference.":
      "Eine Reihe von Steckern braucht einen weiteren Stecker als Referenz.",
    "Add --reference tasmota:HOST, shelly1:HOST or shelly2:HOST.":
      "Ergänzen Sie --reference tasmota:HOST, shelly1:HOST oder shelly2:HOST.",
    "{0} and {1} are the same plug.": "{0} und {1} sind derselbe Stecker.",
    "{0} The other plugs are calibrated without it.": "{0} Die anderen Stecker werden ohne ihn kalibriert.",
    "Not calibrated: {0} of {1} plugs.": "Nicht kalibriert: {0} von {1} Steckern.",
    "not reached": "nicht erreicht",
    unknown: "unbekannt",
    "calibrated: {0}": "kalibriert: {0}",
    "Check the plug.": "Prüfen Sie den Stecker.",
    "Then run the whole row again.": "Kalibrieren Sie dann die ganze Reihe noch einmal.",
    'Passphrase of the Wi-Fi network "{0}":': "Passwort des WLANs „{0}“:",
    "build: Wi-Fi network after a full reset": "build: WLAN nach einem vollständigen Zurücksetzen",
    "build: file with its passphrase, - for standard input (or set PLUGSMITH_WIFI_PASSPHRASE)":
      "build: Datei mit dessen Passwort, - für die Standardeingabe (oder PLUGSMITH_WIFI_PASSPHRASE setzen)",
    "build: the network has no passphrase": "build: das Netz hat kein Passwort",
    "build: file with the web password after a full reset (or set PLUGSMITH_WEB_PASSWORD)":
      "build: Datei mit dem Web-Passwort nach einem vollständigen Zurücksetzen (oder PLUGSMITH_WEB_PASSWORD setzen)",
    "build: Git repository of Tasmota's source": "build: Git-Repository mit Tasmotas Quelltext",
    "build: container program to use; by default, the first one that works":
      "build: Container-Programm; ohne Angabe das erste, das funktioniert",
    "Built {0} for the {1}, {2}: {3}": "{0} für den {1} ist gebaut, {2}: {3}",
    "For updates over the air: {0}": "Für Updates über WLAN: {0}",
    "The built-in settings apply after a full reset. Until then, a plug keeps the settings that it has.":
      "Die eingebauten Einstellungen gelten nach einem vollständigen Zurücksetzen. Bis dahin behält ein Stecker seine Einstellungen.",
    "The image contains your passwords: anyone who has the file can read them.":
      "Das Image enthält Ihre Passwörter: Wer die Datei hat, kann sie lesen.",
    "--open and --passphrase-file need --ssid.": "--open und --passphrase-file brauchen --ssid.",
    "The list of releases is empty.": "Die Liste der Versionen ist leer.",
    "Name the release with --release.": "Nennen Sie die Version mit --release.",
    "The command needs a file to inspect.": "Der Befehl braucht eine Datei, die er untersuchen soll.",
    "Give a firmware image, or the folder of a backup.":
      "Geben Sie ein Firmware-Image oder den Ordner einer Sicherung an.",
    "Sealed backup of plug {0} ({1}), made {2}; its digests match.":
      "Versiegelte Sicherung des Steckers {0} ({1}) vom {2}; die Prüfsummen stimmen.",
    "{0} is neither a readable file nor the folder of a backup.":
      "{0} ist weder eine lesbare Datei noch der Ordner einer Sicherung.",
    "Give a firmware image, or a folder with original.bin and manifest.json.":
      "Geben Sie ein Firmware-Image an oder einen Ordner mit original.bin und manifest.json.",
    Tasmota: "Tasmota",
    ESPHome: "ESPHome",
    ESPurna: "ESPurna",
    "a vendor's firmware on Tuya's platform": "eine Hersteller-Firmware auf Tuyas Plattform",
    "unknown: the file does not say": "unbekannt: Die Datei verrät es nicht",
    "{0}, compressed to {1}: for updates over the air only": "{0}, komprimiert auf {1}: nur für Updates über WLAN",
    "{0}: the whole flash": "{0}: der ganze Flash",
    "plugsmith's own image for virtual plugs; it runs on no real chip":
      "plugsmiths eigenes Image für virtuelle Stecker; auf einem echten Chip läuft es nicht",

    Evidence: "Hinweis darauf",
    Version: "Version",
    "unknown (Tasmota's images do not state it readably)": "unbekannt (Tasmotas Images nennen sie nicht lesbar)",
    Variant: "Variante",
    Metering: "Messung",
    Built: "Gebaut",
    Core: "Core",
    SDK: "SDK",
    Size: "Größe",
    "minimal: only for the step between two larger builds":
      "minimal: nur für den Schritt zwischen zwei größeren Varianten",
    "unknown; its built-in update address names {0}": "unbekannt; die eingebaute Update-Adresse nennt {0}",
    "the image has the metering commands": "das Image hat die Mess-Befehle",
    "the image lacks the metering commands: a meter would not work":
      "dem Image fehlen die Mess-Befehle: Eine Messung würde nicht funktionieren",
    "CRC correct": "CRC richtig",
    "CRC of another header": "CRC eines anderen Headers",
    "no CRC": "keine CRC",
    Boots: "Startet",
    "no: {0}": "nein: {0}",
    "unknown size": "unbekannte Größe",
    "unknown mode": "unbekannter Modus",
    Header: "Header",
    "{0}, {1}, {2} MHz, entry {3}": "{0}, {1}, {2} MHz, Einsprung {3}",
    Image: "Image",
    "one part, checksums correct, {0}": "ein Teil, Prüfsummen richtig, {0}",
    "boot loader and application, checksums correct, {0}": "Bootloader und Anwendung, Prüfsummen richtig, {0}",
    "{0}: {1} bytes at {2} to {3} ({4})": "{0}: {1} Bytes bei {2} nach {3} ({4})",
    "yes, into {0} of flash; leaves {1} for the next update": "ja, in {0} Flash; lässt {1} für das nächste Update",
    "yes, into {0} of flash": "ja, in {0} Flash",
    Fits: "Passt",
    "no, not into {0} of flash: it {1}": "nein, nicht in {0} Flash: Es {1}",
    "its own CRC is then wrong, but the chip does not check it at boot":
      "seine eigene CRC stimmt dann nicht mehr, aber der Chip prüft sie beim Start nicht",
    Restore: "Zurück",
    "byte for byte, nothing is changed": "Byte für Byte, nichts wird geändert",
    Write: "Schreiben",
    refused: "abgelehnt",
    "the image is written as it is": "das Image wird unverändert geschrieben",
    "sets byte {0} from {1} to {2}: {3}": "setzt Byte {0} von {1} auf {2}: {3}",
    "The list of releases cannot be fetched: {0} This is the list from {1}.":
      "Die Liste der Versionen ist nicht erreichbar: {0} Das ist die Liste vom {1}.",
    "The list has no release {0}. It has {1}.": "In der Liste gibt es die Version {0} nicht. Es gibt {1}.",
    "Choose one of these.": "Wählen Sie eine davon.",
    "Older releases (--release): {0}": "Ältere Versionen (--release): {0}",
    "In the library:": "In der Bibliothek:",
    "no digest published": "keine Prüfsumme veröffentlicht",
    "digest published": "Prüfsumme veröffentlicht",
    "in the library": "in der Bibliothek",
    "not for a metering plug with 1 MiB: {0}": "nicht für einen messenden Stecker mit 1 MiB: {0}",
    "tasmota-XX for other languages: {0}": "tasmota-XX für andere Sprachen: {0}",
    "Download {0} {1}": "{0} {1} herunterladen",
    "from the library, {0}": "aus der Bibliothek, {0}",
    "downloaded, {0}": "heruntergeladen, {0}",
    "{0} does not exist in other languages; only the standard build does.":
      "{0} gibt es nicht in anderen Sprachen, nur die Standardvariante.",
    "Leave out --language or the build's name.": "Lassen Sie --language oder den Namen der Variante weg.",
    "{0} is in the library: {1}": "{0} ist in der Bibliothek: {1}",
    "SHA-256 {0}, equal to the digest that the release publishes.":
      "SHA-256 {0}, gleich der Prüfsumme, die zur Version veröffentlicht ist.",
    "SHA-256 {0}, of your own file: plugsmith cannot tell where it is from.":
      "SHA-256 {0}, von Ihrer eigenen Datei: plugsmith kann nicht sagen, woher sie stammt.",
    "SHA-256 {0}, as it arrived over HTTPS: this release publishes no digest.":
      "SHA-256 {0}, wie über HTTPS empfangen: Zu dieser Version ist keine Prüfsumme veröffentlicht.",
    "Without internet access, give the image as a file: --image FILE.":
      "Ohne Internet geben Sie das Image als Datei an: --image DATEI.",
    "Without internet access, give the image as a file: --image FILE. If the plug has no room for it at once, give Tasmota's minimal build as well: --minimal-image FILE.":
      "Ohne Internet geben Sie das Image als Datei an: --image DATEI. Hat der Stecker dafür nicht genug Platz, geben Sie auch Tasmotas Minimalvariante an: --minimal-image DATEI.",
    "The plug has no room for the image at once, so it needs the minimal build first. Give it as a file: --minimal-image FILE.":
      "Der Stecker hat für das Image nicht genug Platz und braucht zuerst die Minimalvariante. Geben Sie sie als Datei an: --minimal-image DATEI.",

    "--firmware and --flash cannot be combined: both define the contents of the flash.":
      "--firmware und --flash lassen sich nicht kombinieren: Beide bestimmen den Inhalt des Flash.",
    "Give one of them.": "Geben Sie eines davon an.",
    "The plug in {0} already has a flash, but --firmware makes a new plug.":
      "Der Stecker in {0} hat schon einen Flash, aber --firmware macht einen neuen Stecker.",
    "Name a folder that does not exist yet, or write the image with plugsmith write --port sim:{0}.":
      "Nennen Sie einen Ordner, den es noch nicht gibt, oder schreiben Sie das Image mit plugsmith write --port sim:{0}.",
    "Write a number of seconds, at most one day (86400).":
      "Schreiben Sie eine Anzahl Sekunden, höchstens einen Tag (86400).",
    "Write a number such as 4096 or 0x1000.": "Schreiben Sie eine Zahl wie 4096 oder 0x1000.",
    "Write a multiple of 4096.": "Schreiben Sie ein Vielfaches von 4096.",
    "use exactly this rate; by default, the highest rate that the adapter supports, tested before use":
      "genau diese Rate; ohne Angabe die höchste, die der Adapter schafft, vorher geprüft",
    "at the end: stay (the stub keeps running for the next command) or run (start the firmware)":
      "am Ende: stay (der Stub läuft für den nächsten Befehl weiter) oder run (die Firmware starten)",
    "transfer everything, even data that a digest proves unchanged":
      "alles übertragen, auch was laut Prüfsumme schon gleich ist",
    "show the plan without changing anything": "den Plan zeigen, ohne etwas zu ändern",
    "firmware file": "Firmware-Datei",
    "address at which the image starts": "Adresse, an der das Image beginnt",
    "write the whole chip: 0xFF everywhere outside the image":
      "den ganzen Chip schreiben: außerhalb des Image überall 0xFF",
    "keep the flash size and mode in the image's header": "Flash-Größe und -Modus im Header des Image behalten",
    "flash size to set in the header": "Flash-Größe, die im Header gesetzt wird",
    "flash mode to set in the header": "Flash-Modus, der im Header gesetzt wird",
    "the file is data, not a bootable image": "die Datei enthält Daten, kein startfähiges Image",
    "write an image that would not start or is built for a larger flash; type this plug's MAC to confirm":
      "ein Image schreiben, das nicht starten würde oder für einen größeren Flash gebaut ist; zur Bestätigung die MAC dieses Steckers tippen",
    "The MD5 of the file itself is {0}; the MD5 above is that of the whole chip.":
      "Die Datei selbst hat die MD5 {0}; die MD5 oben ist die des ganzen Chips.",
    "The MD5 of the file itself is {0}. It differs because the flash size and mode in the header were set to {1} and {2}.":
      "Die Datei selbst hat die MD5 {0}. Sie weicht ab, weil Flash-Größe und -Modus im Header auf {1} und {2} gesetzt wurden.",
    "back up first, in the same connection": "zuerst sichern, in derselben Verbindung",
    "continue without a sealed backup; type this plug's MAC to confirm":
      "ohne versiegelte Sicherung fortfahren; zur Bestätigung die MAC dieses Steckers tippen",
    "Plan: back up a flash of {0}": "Plan: einen Flash von {0} sichern",
    "Plan: erase in a flash of {0}": "Plan: in einem Flash von {0} löschen",
    "Plan: write to a flash of {0}": "Plan: in einen Flash von {0} schreiben",
    "Plan: verify a flash of {0}": "Plan: einen Flash von {0} prüfen",
    "Plan: restore a flash of {0}": "Plan: einen Flash von {0} wiederherstellen",
    read: "lesen",
    skip: "überspringen",

    digest: "Prüfsumme",
    "not needed": "nicht nötig",
    open: "offen",
    closed: "geschlossen",
    "To transfer over the line: {0} before compression": "Über die Leitung zu übertragen: {0} vor der Kompression",
    "Erase gate: {0}": "Löschsperre: {0}",
    "Erase gate: {0} ({1})": "Löschsperre: {0} ({1})",
    "Write HOST:PORT.": "Schreiben Sie HOST:PORT.",
    "address for RFC 2217; the next port is a raw socket; port 0 means any free port":
      "Adresse für RFC 2217; der nächste Port ist ein roher Socket; Port 0 heißt irgendein freier",
    "run the plug in the virtual home and offer its web server here; by default, at any free port":
      "den Stecker in der virtuellen Wohnung betreiben und seinen Webserver hier anbieten; ohne Angabe an einem freien Port",
    'with --http: the plug can reach this MQTT broker as "{0}"; by default, {1}:{2}':
      "mit --http: Der Stecker erreicht diesen MQTT-Broker als „{0}“; ohne Angabe {1}:{2}",
    "file with the flash contents to start from and to save to":
      "Datei mit dem Flash-Inhalt, von dem aus gestartet und in die gespeichert wird",
    "start a new plug with this image (.bin or .bin.gz), which the chip executes, in the virtual home":
      "einen neuen Stecker mit diesem Image (.bin oder .bin.gz) starten, das der Chip in der virtuellen Wohnung ausführt",
    "connect DTR and RTS to GPIO0 and EN (the EP2 has no such wires)":
      "DTR und RTS mit GPIO0 und EN verbinden (der EP2 hat solche Leitungen nicht)",
    "start the firmware instead of download mode: GPIO0 is not held low":
      "die Firmware statt des Download-Modus starten: GPIO0 liegt nicht auf GND",

    'Several plugs on record have the name "{0}": {1}.': "Mehrere aufgezeichnete Stecker haben den Namen „{0}“: {1}.",
    "Give the MAC of the plug that you mean.": "Geben Sie die MAC des Steckers an, den Sie meinen.",
    '"{0}" is not a MAC address, and no plug on record has this name.':
      "„{0}“ ist keine MAC-Adresse, und kein aufgezeichneter Stecker hat diesen Namen.",
    "No plug is on record in {0}.": "In {0} ist kein Stecker aufgezeichnet.",
    "{0} plugs are on record in {1}, and the command does not name one.":
      "In {1} sind {0} Stecker aufgezeichnet, und der Befehl nennt keinen.",

    "No plug is on record in {0}. Write a MAC like 5C:CF:7F:0A:0B:0C.":
      "In {0} ist kein Stecker aufgezeichnet. Schreiben Sie eine MAC wie 5C:CF:7F:0A:0B:0C.",
    "On record: {0}. Give a name from this list, or a MAC like 5C:CF:7F:0A:0B:0C.":
      "Aufgezeichnet: {0}. Geben Sie einen Namen aus dieser Liste an oder eine MAC wie 5C:CF:7F:0A:0B:0C.",
    "The virtual plug in {0} did not join its virtual Wi-Fi.":
      "Der virtuelle Stecker in {0} ist nicht in seinem virtuellen WLAN.",
    "Convert it first: plugsmith convert --port sim:{0}. Without a folder, plugsmith sim serves a plug that is ready.":
      "Rüsten Sie ihn zuerst um: plugsmith convert --port sim:{0}. Ohne Ordner stellt plugsmith sim einen fertigen Stecker bereit.",
    "The virtual chip executes {0} itself, without a stand-in.":
      "Der virtuelle Chip führt {0} selbst aus, ohne Vertretung.",
    'The plug reaches the MQTT broker {0} as "{1}", port {2}, and is configured for it.':
      "Der Stecker erreicht den MQTT-Broker {0} als „{1}“, Port {2}, und ist dafür eingerichtet.",
    'The plug reaches the MQTT broker {0} as "{1}", port {2}. To set it up, send MqttHost {3}.':
      "Der Stecker erreicht den MQTT-Broker {0} als „{1}“, Port {2}. Zum Einrichten senden Sie MqttHost {3}.",
    "plugsmith's device profiles are missing. Install plugsmith again.":
      "Die Geräteprofile von plugsmith fehlen. Installieren Sie plugsmith neu.",
    'The device profile "{0}" cannot be read: {1} is not valid JSON ({2}).':
      "Das Geräteprofil „{0}“ ist nicht lesbar: {1} ist kein gültiges JSON ({2}).",
    'The device profile "{0}" cannot be read: {1} is missing or unreadable.':
      "Das Geräteprofil „{0}“ ist nicht lesbar: {1} fehlt oder lässt sich nicht lesen.",
    "Use --profile {0}, or give the path of a device's folder. `plugsmith profile list` lists the devices.":
      "Nehmen Sie --profile {0}, oder geben Sie den Pfad eines Geräteordners an. `plugsmith profile list` listet die Geräte auf.",
    "{0} contains more than {1} files, so it is not the folder of a device.":
      "{0} enthält mehr als {1} Dateien, ist also kein Geräteordner.",
    "Give the folder that contains the device's profile.json.":
      "Geben Sie den Ordner mit der profile.json des Geräts an.",
    'The folder "{0}" is missing or cannot be read.': "Der Ordner „{0}“ fehlt oder ist nicht lesbar.",
    "file with the web password to set, - for standard input (or set {0}); by default, plugsmith generates one":
      "Datei mit dem neuen Web-Passwort, - für die Standardeingabe (oder {0} setzen); ohne Angabe erzeugt plugsmith eines",
    "file with the password for the broker (or set PLUGSMITH_MQTT_PASSWORD)":
      "Datei mit dem Passwort für den Broker (oder PLUGSMITH_MQTT_PASSWORD setzen)",
    "print the web password at the end": "am Ende das Web-Passwort ausgeben",
    "To log in: user admin, password {0}": "Anmeldung: Benutzer admin, Passwort {0}",
    "To log in: user admin, password in {0}/plugs/{1}/secrets.json (--show-password prints it).":
      "Anmeldung: Benutzer admin, Passwort in {0}/plugs/{1}/secrets.json (--show-password gibt es aus).",
    "name of the plug": "Name des Steckers",
    "name for voice assistants and web pages (by default, the name)":
      "Name für Sprachassistenten und Webseiten (ohne Angabe der Name)",

    "host name in the network": "Hostname im Netzwerk",
    "time zone: Europe/Berlin, +01:00, UTC …": "Zeitzone: Europe/Berlin, +01:00, UTC …",

    "port of the broker": "Port des Brokers",
    "user name for the broker": "Benutzername für den Broker",
    '{0} cannot be "{1}": it is not a port number.': "„{1}“ ist für {0} nicht möglich: Das ist keine Portnummer.",
    "--mqtt-port and --mqtt-user need --mqtt-host.": "--mqtt-port und --mqtt-user brauchen --mqtt-host.",
    '{0} needs a number greater than 0, not "{1}".': "{0} braucht eine Zahl größer als 0, nicht „{1}“.",
    "Write, for example, {0} 1.5.": "Schreiben Sie zum Beispiel {0} 1.5.",
    "{0} {1} is out of range.": "{0} {1} liegt außerhalb des Bereichs.",
    "Use 6 to 200 readings; 12 take half a minute.": "Nehmen Sie 6 bis 200 Messwerte; 12 dauern eine halbe Minute.",
    "Use {0}.": "Möglich: {0}.",
    "kind of load: {0}": "Art der Last: {0}",
    '{0} must be before or after, not "{1}".': "{0} muss before oder after sein, nicht „{1}“.",
    "before: nearer the wall than the plugs; after: nearer the load.":
      "before: näher an der Wand als die Stecker; after: näher an der Last.",
    'accuracy of the multimeter for volts, for example "0.8 % + 3 digits"; "unknown" assumes 2 %':
      'Genauigkeit des Multimeters für Volt, zum Beispiel "0.8 % + 3 digits"; bei "unknown" werden 2 % angenommen',
    "value of its last digit": "Wert der letzten Stelle",
    "power of a purely resistive load as its label says (with --voltmeter)":
      "Leistung einer rein ohmschen Last laut Typenschild (mit --voltmeter)",
    "voltage on the label of the load": "Spannung auf dem Typenschild der Last",
    "tolerance of its power, ± percent (by default, that of the product standard)":
      "Toleranz der Leistung, ± Prozent (ohne Angabe die der Produktnorm)",
    'accuracy of the power meter for watts, for example "1 % + 2 digits"':
      'Genauigkeit des Leistungsmessers für Watt, zum Beispiel "1 % + 2 digits"',
    'accuracy of the instrument for amperes, for example "1.5 % + 3 digits"':
      'Genauigkeit des Messgeräts für Ampere, zum Beispiel "1.5 % + 3 digits"',
    "calibrated plug in the same circuit: tasmota:HOST, shelly1:HOST or shelly2:HOST":
      "kalibrierter Stecker im selben Stromkreis: tasmota:HOST, shelly1:HOST oder shelly2:HOST",
    "its expanded uncertainty (k = 2), percent": "seine erweiterte Unsicherheit (k = 2), Prozent",
    "its place in the circuit: before (nearer the wall) or after (nearer the load)":
      "sein Platz im Stromkreis: before (näher an der Wand) oder after (näher an der Last)",
    "power that one plug consumes itself (default: 0.9 ± 0.5)": "Eigenverbrauch eines Steckers (Vorgabe: 0,9 ± 0,5)",
    "readings per quantity": "Messwerte je Größe",
    "expanded uncertainty (k = 2) that every constant must reach":
      "erweiterte Unsicherheit (k = 2), die jede Konstante erreichen muss",
    "The options name two references.": "Die Optionen nennen zwei Referenzen.",
    "Use either --reference or instruments.": "Nehmen Sie entweder --reference oder Messgeräte.",
    "The options name no reference.": "Die Optionen nennen keine Referenz.",
    "Give --voltmeter with --load, or --power-meter (with --voltmeter and --ammeter), or another calibrated plug with --reference.":
      "Geben Sie --voltmeter mit --load an, oder --power-meter (mit --voltmeter und --ammeter), oder mit --reference einen anderen kalibrierten Stecker.",
    "--load can only be combined with --voltmeter.": "--load lässt sich nur mit --voltmeter kombinieren.",
    "Leave out --power-meter and --ammeter, or leave out --load.":
      "Lassen Sie --power-meter und --ammeter weg, oder lassen Sie --load weg.",
    '--reference cannot be "{0}".': "„{0}“ ist für --reference nicht möglich.",
    "Write tasmota:HOST, shelly1:HOST or shelly2:HOST.": "Schreiben Sie tasmota:HOST, shelly1:HOST oder shelly2:HOST.",
    "The reference {0} is one of the plugs that you want to calibrate.":
      "Die Referenz {0} ist einer der Stecker, die Sie kalibrieren wollen.",
    "A plug cannot be its own reference: name another one.":
      "Ein Stecker kann nicht seine eigene Referenz sein: Nennen Sie einen anderen.",
    "The display resolution of the reference was not set back: {0}":
      "Die Anzeige-Auflösung der Referenz wurde nicht zurückgestellt: {0}",
    "Standard input has more than {0} bytes, which is the limit.":
      "Die Standardeingabe hat mehr als {0} Bytes; das ist die Grenze.",
    "Check that it is the text you mean.": "Prüfen Sie, ob es der richtige Text ist.",
    "address of the plug in the network": "Adresse des Steckers im Netzwerk",
    "a plug on record, by name or MAC; with --address, the plug that is now at that address":
      "ein aufgezeichneter Stecker, mit Namen oder MAC; mit --address der Stecker, der jetzt diese Adresse hat",
    "file with the plug's web password, - for standard input (or set PLUGSMITH_WEB_PASSWORD)":
      "Datei mit dem Web-Passwort des Steckers, - für die Standardeingabe (oder PLUGSMITH_WEB_PASSWORD setzen)",
    "use the serial console at this port instead; sim:FOLDER is a virtual plug (over its network once it is closed)":
      "stattdessen die serielle Konsole an diesem Port nutzen; sim:ORDNER ist ein virtueller Stecker (über sein Netzwerk, sobald er geschlossen ist)",
    "use MQTT instead, through this broker; PLUGSMITH_MQTT_PASSWORD holds the password":
      "stattdessen MQTT nutzen, über diesen Broker; das Passwort steht in PLUGSMITH_MQTT_PASSWORD",
    "MQTT topic of the plug": "MQTT-Topic des Steckers",
    "plugsmith has not yet seen the plug {0} in a network.":
      "plugsmith hat den Stecker {0} noch in keinem Netzwerk gesehen.",
    "Look for it with `plugsmith find`, or give its address with --address.":
      "Suchen Sie ihn mit `plugsmith find`, oder geben Sie seine Adresse mit --address an.",
    "The plug is {0}, the only one on record.": "Der Stecker ist {0}, der einzige aufgezeichnete.",
    "Give its address with --address, or look for it with `plugsmith find`.":
      "Geben Sie seine Adresse mit --address an, oder suchen Sie ihn mit `plugsmith find`.",
    "On record: {0}. Name one with --plug, or give its address with --address.":
      "Aufgezeichnet: {0}. Nennen Sie einen mit --plug, oder geben Sie seine Adresse mit --address an.",
    "Web password of the plug at {0}:": "Web-Passwort des Steckers unter {0}:",
    "MQTT needs the plug's topic: --topic.": "MQTT braucht das Topic des Steckers: --topic.",
    "name of the Wi-Fi network": "Name des WLANs",
    "file with its passphrase, - for standard input (or set PLUGSMITH_WIFI_PASSPHRASE)":
      "Datei mit dessen Passwort, - für die Standardeingabe (oder PLUGSMITH_WIFI_PASSPHRASE setzen)",
    "the network has no passphrase": "das Netz hat kein Passwort",
    "where to look for the plug if it does not report its address (by default, in this computer's networks)":
      "wo der Stecker gesucht wird, wenn er seine Adresse nicht meldet (ohne Angabe in den Netzen dieses Computers)",
    "Which plugs": "Welche Stecker",
    "What is not known": "Was nicht bekannt ist",
    Limits: "Grenzwerte",
    "LEDs, button, relay": "LEDs, Taste, Relais",
    'Template "{0}" on {1}': "Template „{0}“ auf {1}",
    Tools: "Werkzeug",
    "Wires ({0})": "Litzen ({0})",
    Drawings: "Zeichnungen",
    Sources: "Quellen",
    Yes: "Ja",
    "This question needs an answer, but nobody is at the terminal: {0}":
      "Diese Frage braucht eine Antwort, aber niemand ist am Terminal: {0}",
    "Run the command at a terminal, or agree in advance with --yes.":
      "Führen Sie den Befehl an einem Terminal aus, oder stimmen Sie mit --yes im Voraus zu.",
    "Press Enter when it is done:": "Eingabetaste, wenn es getan ist:",
    "1 to {0} (Enter: {1}):": "1 bis {0} (Eingabetaste: {1}):",
    "Do it first, then press Enter without typing anything. Ctrl-C stops here; nothing is lost.":
      "Tun Sie es zuerst, dann drücken Sie nur die Eingabetaste. Strg-C hört hier auf; nichts geht verloren.",
    "Please answer the question.": "Bitte beantworten Sie die Frage.",
    '"{0}" is not one of the answers.': "„{0}“ ist keine der Antworten.",
    "This question needs an answer, but nobody is at the terminal: {0} ({1})":
      "Diese Frage braucht eine Antwort, aber niemand ist am Terminal: {0} ({1})",
    "Run the command again at a terminal without --no-input, or give the answer as an option if the command has one.":
      "Führen Sie den Befehl noch einmal an einem Terminal ohne --no-input aus, oder geben Sie die Antwort als Option, wenn es eine gibt.",
    "The glossary explains none of the terms in this question.": "Das Glossar erklärt keinen Begriff in dieser Frage.",

    "Stopped at a question.": "Bei einer Frage beendet.",
    "Run the command again to continue.": "Führen Sie den Befehl noch einmal aus, um weiterzumachen.",
    "This is a virtual plug in a virtual home: nothing real is touched. A stand-in answers for Tasmota; the image itself is not executed.":
      "Das ist ein virtueller Stecker in einer virtuellen Wohnung: Nichts Echtes wird angefasst. Für Tasmota antwortet eine Vertretung; das Image selbst wird nicht ausgeführt.",
    "Accident at the bench: {0}": "Unfall am Arbeitstisch: {0}",
    "Tasmota image to write": "Tasmota-Image, das geschrieben wird",
    'official release to write instead: its version, or "latest"':
      "stattdessen eine offizielle Version schreiben: ihre Nummer oder „latest“",
    "build of the release": "Variante der Version",
    "the plug is open and its wires are soldered: skip opening and wiring":
      "der Stecker ist offen und verdrahtet: Öffnen und Verdrahten überspringen",
    "continue an unfinished conversion; if there are several, give the plug's name or MAC":
      "eine angefangene Umrüstung fortsetzen; bei mehreren den Namen oder die MAC des Steckers angeben",
    "start from the beginning, even if a conversion is unfinished or finished":
      "von vorn beginnen, auch wenn eine Umrüstung angefangen oder fertig ist",
    "calibrate later": "später kalibrieren",
    "Nobody is at the terminal to ask, and these options are missing: {0}.":
      "Niemand ist am Terminal, und diese Optionen fehlen: {0}.",
    "a person at a terminal, to open, wire, measure and close the plug (no --no-input, no --json)":
      "eine Person am Terminal, die den Stecker öffnet, verdrahtet, misst und schließt (ohne --no-input und --json)",
    "--firmware FILE or --release latest": "--firmware DATEI oder --release latest",
    "--passphrase-file FILE, PLUGSMITH_WIFI_PASSPHRASE or --open":
      "--passphrase-file DATEI, PLUGSMITH_WIFI_PASSPHRASE oder --open",
    "a reference (--voltmeter with --load, --power-meter or --reference) or --no-calibrate":
      "eine Referenz (--voltmeter mit --load, --power-meter oder --reference) oder --no-calibrate",
    "Run the command at a terminal, or give the missing options. To try it on a virtual plug, use --port sim:":
      "Führen Sie den Befehl an einem Terminal aus, oder geben Sie die fehlenden Optionen an. Zum Ausprobieren an einem virtuellen Stecker: --port sim:",
    "Plug {0} at http://{1}/ is done up to this step: {2}.":
      "Der Stecker {0} unter http://{1}/ ist bis zu diesem Schritt fertig: {2}.",
    "plug by name or MAC, if several conversions are unfinished":
      "Name oder MAC des Steckers, wenn mehrere Umrüstungen angefangen sind",
    "device profile": "Geräteprofil",
    "sim:FOLDER for the virtual plug in that folder": "sim:ORDNER für den virtuellen Stecker in diesem Ordner",
    "This command works over the network. Its --port option only accepts a virtual plug in a folder, sim:FOLDER.":
      "Dieser Befehl arbeitet über das Netzwerk. Seine Option --port nimmt nur einen virtuellen Stecker in einem Ordner, sim:ORDNER.",
    "Give --address or --plug for a real plug, or --port sim:FOLDER for a virtual one.":
      "Geben Sie für einen echten Stecker --address oder --plug an, für einen virtuellen --port sim:ORDNER.",
    "A person has to do this step by hand, but nobody is at the terminal.":
      "Diesen Schritt muss ein Mensch von Hand tun, aber niemand ist am Terminal.",
    "Run the command at a terminal, without --no-input and --json. To try it on a virtual plug, use --port sim:FOLDER":
      "Führen Sie den Befehl an einem Terminal aus, ohne --no-input und --json. Zum Ausprobieren an einem virtuellen Stecker: --port sim:ORDNER",
    "All steps of plug {0} are finished.": "Alle Schritte des Steckers {0} sind erledigt.",
    "Next: {0}, or plugsmith convert --resume for all remaining steps.":
      "Weiter mit {0}, oder mit plugsmith convert --resume für alle übrigen Schritte.",
    'name of the person who measured, for the certificate; "" leaves it blank':
      'wer gemessen hat, für das Zertifikat; "" lässt die Zeile leer',
    "Who measured? The name goes on the certificate (Enter leaves it blank):":
      "Wer hat gemessen? Der Name kommt auf das Zertifikat (Eingabetaste lässt die Zeile leer):",
    "The name has {0} characters, but the certificate has room for {1}.":
      "Der Name hat {0} Zeichen, auf dem Zertifikat ist Platz für {1}.",
    "Give a shorter name.": "Geben Sie einen kürzeren Namen an.",
    "served at": "erreichbar unter",
    "{0}: {1} (attempt {2})": "{0}: {1} (Versuch {2})",
    "The plug": "Der Stecker",
    Note: "Hinweis",
    Code: "Code",
    "{0}, exit code {1}": "{0}, Exit-Code {1}",
    "[33: metal pad underneath]": "[33: Metallfläche darunter]",
    "seen from above": "von oben gesehen",
    dot: "Punkt",
    "pin {0} (left side, number {1} from the top)": "Pin {0} (linke Seite, Nummer {1} von oben)",
    "pin {0} (bottom side, number {1} from the left)": "Pin {0} (untere Seite, Nummer {1} von links)",
    "pin {0} (right side, number {1} from the bottom)": "Pin {0} (rechte Seite, Nummer {1} von unten)",
    "pin {0} (top side, number {1} from the right)": "Pin {0} (obere Seite, Nummer {1} von rechts)",
    "{0}, {1} of {2}.": "{0}, {1} von {2}.",
    black: "schwarz",
    red: "rot",
    yellow: "gelb",
    green: "grün",
    blue: "blau",
    white: "weiß",
    board: "Platine",
    "folder for backups and records": "Ordner für Sicherungen und Protokolle",
    "print one JSON event per line; the last one is the result":
      "je Zeile ein JSON-Ereignis ausgeben; das letzte ist das Ergebnis",
    "no bars, no colours, no redrawing: for logs and screen readers":
      "ohne Balken, Farben und Neuzeichnen: für Logdateien und Screenreader",
    "language of the output": "Sprache der Ausgabe",
    "answer yes to every confirmation": "jede Rückfrage mit Ja beantworten",
    "never ask; fail at once and name what is missing": "nichts fragen; sofort abbrechen und nennen, was fehlt",
    "Usage:": "Aufruf:",
    "Arguments:": "Argumente:",
    "Options:": "Optionen:",
    options: "Optionen",
    command: "Befehl",
    "command...": "Befehl...",
    action: "Aktion",
    file: "Datei",
    folder: "Ordner",
    language: "Sprache",
    code: "Kürzel",
    plug: "Stecker",
    device: "Gerät",
    MAC: "MAC",
    what: "was",
    "what...": "was...",
    other: "andere",
    where: "wo",
    kind: "Art",
    mode: "Modus",
    size: "Größe",
    rate: "Rate",
    n: "n",
    bytes: "Bytes",
    percent: "Prozent",
    accuracy: "Genauigkeit",
    build: "Variante",
    program: "Programm",
    transport: "Weg",
    git: "Git",
    zone: "Zone",
    host: "Host",
    "host[:port]": "Host[:Port]",
    "host:port": "Host:Port",
    "address:port": "Adresse:Port",
    addresses: "Adressen",
    hosts: "Hosts",
    "show this help": "diese Hilfe zeigen",
    "choices: {0}": "möglich: {0}",
    "default: {0}": "Vorgabe: {0}",
    "plugsmith has a bug: {0}": "plugsmith hat einen Fehler: {0}",
    'plugsmith has a bug: {0}. Please report it where you got plugsmith from. Include the command you ran and "{1}".':
      "plugsmith hat einen Fehler: {0}. Bitte melden Sie ihn dort, wo Sie plugsmith herhaben, mit dem Befehl und „{1}“.",
    "unknown; nothing was reported as done": "unbekannt; nichts wurde als erledigt gemeldet",
    'Please report it where you got plugsmith from. Include the command you ran, this message and "{0}".':
      "Bitte melden Sie ihn dort, wo Sie plugsmith herhaben, mit dem Befehl, dieser Meldung und „{0}“.",
    "Attach {0}, which shows where it happened. Read it first: it may contain data that the plug sent.":
      "Fügen Sie {0} bei; dort steht, wo es passiert ist. Lesen Sie die Datei vorher: Sie kann Daten enthalten, die der Stecker gesendet hat.",
    "Stopping at the next safe point. To stop at once, in whatever state the plug is, press Ctrl-C again.":
      "Hält an der nächsten sicheren Stelle an. Noch einmal Strg-C beendet sofort, gleich in welchem Zustand der Stecker ist.",
    "plugsmith has a bug: it waits for something that can no longer happen. Please report the command.":
      "plugsmith hat einen Fehler: Es wartet auf etwas, das nicht mehr eintreten kann. Bitte melden Sie den Befehl.",
    '{0} cannot be "{1}".': "„{1}“ ist für {0} nicht möglich.",

    '"{0}" is not a MAC address.': "„{0}“ ist keine MAC-Adresse.",
    'The value of {0}, "{1}", is not a MAC address.': "Der Wert von {0}, „{1}“, ist keine MAC-Adresse.",
    "Write it like 5C:CF:7F:0A:0B:0C.": "Schreiben Sie sie so: 5C:CF:7F:0A:0B:0C.",
    "serial port: device, COM name, tcp://HOST:PORT, rfc2217://HOST:PORT; sim: or sim:FOLDER for a virtual plug":
      "serielle Schnittstelle: Gerät, COM-Name, tcp://HOST:PORT, rfc2217://HOST:PORT; sim: oder sim:ORDNER für einen virtuellen Stecker",
    "{0} already exists. Replace it?": "{0} gibt es schon. Ersetzen?",
    "{0} already exists.": "{0} gibt es schon.",
    "{0} already exists and is not a regular file.": "{0} gibt es schon, und es ist keine gewöhnliche Datei.",
    "Choose another name, or replace the file with --yes.":
      "Wählen Sie einen anderen Namen, oder ersetzen Sie die Datei mit --yes.",
    "Choose another name.": "Wählen Sie einen anderen Namen.",
    "Turns a cloud-bound smart plug into a calibrated, locked-down Tasmota plug.":
      "Macht aus einem Smart-Home-Stecker mit Cloud-Zwang einen kalibrierten, abgesicherten Tasmota-Stecker.",
    "show the version": "die Version zeigen",
    "(see {0})": "(siehe {0})",
    "error: {0}": "Fehler: {0}",
    "See plugsmith --help.": "Siehe plugsmith --help.",
    "Start here": "Hier anfangen",
    "convert a plug, from the closed case to its certificate; continue an unfinished conversion":
      "einen Stecker umrüsten, vom geschlossenen Gehäuse bis zum Zertifikat; eine angefangene Umrüstung fortsetzen",
    "watch a whole conversion on a virtual plug": "eine ganze Umrüstung an einem virtuellen Stecker ansehen",
    "listen to the plug until it answers, and explain why it does not":
      "dem Stecker zuhören, bis er antwortet, und erklären, warum er es nicht tut",
    "recover a plug: wrong Wi-Fi, lost password, lost address, boot loop, half-written flash …":
      "einen Stecker retten: falsches WLAN, vergessenes Passwort, verlorene Adresse, Bootschleife, halb beschriebener Flash …",
    "Steps of a conversion": "Schritte einer Umrüstung",
    "start a conversion: check the firmware; open, wire and measure the plug; identify the chip":
      "eine Umrüstung beginnen: Firmware prüfen; Stecker öffnen, verdrahten und messen; Chip bestimmen",
    "cold-start the new firmware with GPIO0 released, and check that it runs":
      "die neue Firmware mit freiem GPIO0 kalt starten und prüfen, dass sie läuft",
    "connect a plug to the network, then configure, secure and audit it":
      "einen Stecker ins Netzwerk bringen, einrichten, absichern und prüfen",
    "only connect a converted plug to its network": "einen umgerüsteten Stecker nur in sein Netzwerk bringen",
    "only set a converted plug's template, names and limits":
      "einem umgerüsteten Stecker nur Template, Namen und Grenzwerte geben",
    "set a plug's web password and prove that nobody gets in without it":
      "das Web-Passwort eines Steckers setzen und nachweisen, dass ohne es niemand hineinkommt",
    "compare a plug with its profile; differences are errors":
      "einen Stecker mit seinem Profil vergleichen; Abweichungen sind Fehler",
    "go through the closing list, which a plug must pass before it goes back to mains":
      "die Schließliste durchgehen, die ein Stecker vor der Netzspannung bestehen muss",
    "calibrate the meter of a closed plug against a reference, and state the uncertainty":
      "die Messung eines geschlossenen Steckers mit einer Referenz kalibrieren, mit Angabe der Unsicherheit",
    "write a plug's certificate: what was measured, how to log in, how to restore the original":
      "das Zertifikat eines Steckers schreiben: Messwerte, Anmeldung, Rückweg zum Original",
    "The plug's flash, over the serial wires": "Der Flash des Steckers, über die serielle Leitung",
    "list serial ports and their adapters": "serielle Schnittstellen und ihre Adapter auflisten",
    "identify the chip and its flash": "den Chip und seinen Flash bestimmen",
    "read the whole flash, prove the copy and seal it": "den ganzen Flash lesen, die Kopie nachweisen und versiegeln",
    "erase the flash or a region of it": "den Flash oder einen Bereich davon löschen",
    "write a firmware image and prove what is in the flash":
      "ein Firmware-Image schreiben und nachweisen, was im Flash steht",
    "compare the flash with an image": "den Flash mit einem Image vergleichen",
    "restore a backup, byte for byte": "eine Sicherung Byte für Byte zurückschreiben",
    "show what the plug sends on its serial line, and send it what you type":
      "zeigen, was der Stecker über die serielle Leitung sendet, und ihm senden, was Sie tippen",
    "A plug in the network": "Ein Stecker im Netzwerk",
    "find plugs in the network": "Stecker im Netzwerk finden",
    "show the state of a plug": "den Zustand eines Steckers zeigen",
    "send one Tasmota command to a plug": "einem Stecker einen Tasmota-Befehl senden",
    "download, show, compare or restore a plug's settings":
      "die Einstellungen eines Steckers herunterladen, zeigen, vergleichen oder wiederherstellen",
    "install another Tasmota build over the air, keeping the plug's settings":
      "eine andere Tasmota-Variante über WLAN einspielen und die Einstellungen behalten",
    "check the meter of a calibrated plug against a reference and report its drift":
      "die Messung eines kalibrierten Steckers mit einer Referenz prüfen und ihre Drift nennen",
    "Records and reports": "Protokolle und Berichte",
    "write a text for a bug report, without private data":
      "einen Text für einen Fehlerbericht erzeugen, ohne private Daten",
    "pack a plug's records into one file, to continue on another computer":
      "die Protokolle eines Steckers in eine Datei packen, um an einem anderen Computer weiterzumachen",
    "unpack a file that export made, all of it or nothing":
      "eine mit export gepackte Datei auspacken, ganz oder gar nicht",
    "Firmware, devices, virtual plug": "Firmware, Geräte, virtueller Stecker",
    "list, download, inspect or build firmware images": "Firmware-Images auflisten, holen, untersuchen oder bauen",
    "explain, convert, check, search or import device templates":
      "Geräte-Templates erklären, umwandeln, prüfen, suchen oder importieren",
    "list devices, show one with its guide, or check one of your own":
      "Geräte auflisten, eines mit Anleitung zeigen oder ein eigenes prüfen",
    "record a plug's answers and timing, for comparison with the virtual plug; changes nothing":
      "Antworten und Zeiten eines Steckers aufzeichnen, zum Vergleich mit dem virtuellen; ändert nichts",
    "offer a virtual plug to other programs": "anderen Programmen einen virtuellen Stecker bereitstellen",
    "unknown option '{0}'": "unbekannte Option „{0}“",
    "unknown command '{0}'": "unbekannter Befehl „{0}“",
    "missing required argument '{0}'": "das Argument „{0}“ fehlt",
    "option '{0}' needs a value": "die Option „{0}“ braucht einen Wert",
    "required option '{0}' is missing": "die Option „{0}“ fehlt, sie ist nötig",
    "option '{0}' cannot be '{1}'. Choose one of: {2}": "die Option „{0}“ kann nicht „{1}“ sein. Möglich: {2}",
    "too many arguments for '{0}': {1} expected, {2} given":
      "zu viele Argumente für „{0}“: {1} erwartet, {2} angegeben",
    "(Did you mean one of {0}?)": "(Meinten Sie eines von diesen: {0}?)",
    "(Did you mean {0}?)": "(Meinten Sie {0}?)",
    "{0} joined at {1}": "{0} ist im Netz unter {1}",
    "{0} answers at {1}": "{0} antwortet unter {1}",
    "{0} checks passed": "{0} Prüfungen bestanden",
    "{0} confirmed, {1} measured": "{0} bestätigt, {1} gemessen",
    ok: "ok",
    note: "Hinweis",
    warn: "Achtung",
    again: "erneut",
    hears: "hört",
    FAILED: "FEHLER",
    DANGER: "GEFAHR",
    done: "fertig",
    do: "tun",
    measure: "messen",
    choose: "wählen",
    type: "tippen",
    volts: "Volt",
    amperes: "Ampere",
    watts: "Watt",
    ohms: "Ohm",
    megohms: "Megohm",
    "the metal pad under the chip": "die Metallfläche unter dem Chip",

    Opening: "Öffnen",
    Wiring: "Verdrahten",
    "Before there is any power": "Bevor Spannung anliegt",
    Closing: "Schließen",
    "The chip seen from above, its dot at the top left: {0}.": "Der Chip von oben gesehen, sein Punkt links oben: {0}.",
    "Drawing: {0}": "Zeichnung: {0}",

    "Reading in {0}, or with its unit:": "Messwert in {0}, oder mit Einheit:",
    "1 to {0}:": "1 bis {0}:",
    "Not shown while you type:": "Wird beim Tippen nicht angezeigt:",
    "A rehearsal: the plug, its home and the person are virtual, and nothing real is touched. The firmware that answers is a stand-in for Tasmota; the image that you will flash is not executed.":
      "Eine Probe: Stecker, Wohnung und Person sind virtuell, nichts Echtes wird angefasst. Die Firmware, die antwortet, vertritt Tasmota; das Image, das Sie später schreiben, wird nicht ausgeführt.",
    "A rehearsal: the plug, its home and the person are virtual, and nothing real is touched. The virtual chip executes {0} itself.":
      "Eine Probe: Stecker, Wohnung und Person sind virtuell, nichts Echtes wird angefasst. Der virtuelle Chip führt {0} selbst aus.",

    "execute this image on the virtual chip, instead of a stand-in for Tasmota":
      "dieses Image auf dem virtuellen Chip ausführen, statt einer Vertretung für Tasmota",
    "This is a virtual plug in a virtual home: nothing real is touched. The virtual chip executes the firmware's image itself.":
      "Das ist ein virtueller Stecker in einer virtuellen Wohnung: Nichts Echtes wird angefasst. Der virtuelle Chip führt das Image der Firmware selbst aus.",
    "This was a virtual plug whose chip executed the firmware; nothing real was touched.":
      "Das war ein virtueller Stecker, dessen Chip die Firmware ausgeführt hat; nichts Echtes wurde angefasst.",

    "The command needs a file to try.": "Dem Befehl fehlt eine Datei zum Ausprobieren.",
    "Give a firmware image.": "Geben Sie ein Firmware-Image an.",
    "{0} is plugsmith's own image for virtual plugs. It has no code to execute.":
      "{0} ist plugsmiths eigenes Image für virtuelle Stecker. Es enthält keinen ausführbaren Code.",
    "Give the image of a real firmware.": "Geben Sie das Image einer echten Firmware an.",
    "{0} neither wrote to its console nor opened a network within a few virtual seconds.":
      "{0} hat in einigen virtuellen Sekunden weder etwas auf die Konsole geschrieben noch ein Netz geöffnet.",
    "Check that it is an image for an ESP8266: plugsmith firmware inspect {0}":
      "Prüfen Sie, ob es ein Image für einen ESP8266 ist: plugsmith firmware inspect {0}",
    "It does not say on its console that it is Tasmota. The console begins with:":
      "Auf ihrer Konsole gibt sie sich nicht als Tasmota aus. Die Konsole beginnt mit:",
    "Its console says that it is Tasmota {0}.": "Laut ihrer Konsole ist sie Tasmota {0}.",
    "It opens no Wi-Fi network.": "Sie öffnet kein WLAN.",
    'It opens the Wi-Fi network "{0}", without a passphrase.': "Sie öffnet das WLAN „{0}“, ohne Passwort.",
    'It opens the Wi-Fi network "{0}", with a passphrase.': "Sie öffnet das WLAN „{0}“, mit Passwort.",
    "With the credentials of the virtual home, it served no page there.":
      "Mit den Zugangsdaten der virtuellen Wohnung hat sie dort keine Seite ausgeliefert.",
    "It joined the virtual home's network, at {0}.": "Sie ist dem Netz der virtuellen Wohnung beigetreten, unter {0}.",
    "It serves no page there.": "Dort liefert sie keine Seite aus.",
    'Its page there has status {0} and the title "{1}".': "Ihre Seite dort hat den Status {0} und den Titel „{1}“.",
    "Its meter shows nothing.": "Ihr Zähler zeigt nichts an.",
    "Its meter shows {0} V and {1} W, before any calibration; the true values are {2} and {3}.":
      "Ihr Zähler zeigt {0} V und {1} W an, noch unkalibriert; die wahren Werte sind {2} und {3}.",
    "It asked for no name and called nobody.": "Sie hat keinen Namen abgefragt und niemanden angerufen.",
    "It asked for and called:": "Sie hat abgefragt und angerufen:",
    "It ran for {0} virtual seconds.": "Sie lief {0} virtuelle Sekunden.",
    "with --firmware: name of the virtual home's Wi-Fi network":
      "mit --firmware: Name des WLANs der virtuellen Wohnung",
    "with --firmware: file with its passphrase, - for standard input":
      "mit --firmware: Datei mit dessen Passwort, - für die Standardeingabe",
    "virtual seconds in a second, as far as this computer can keep up":
      "virtuelle Sekunden je Sekunde, soweit dieser Rechner mitkommt",
    "Write a number above 0, at most 1000.": "Schreiben Sie eine Zahl über 0, höchstens 1000.",
    "Name of the Wi-Fi network:": "Name des WLANs:",

    "Plug {0} is not in a network yet.": "Der Stecker {0} ist noch in keinem Netz.",
    "Bring it into the network first: plugsmith provision, or plugsmith convert --resume for all that is left.":
      "Bringen Sie ihn zuerst ins Netz: plugsmith provision, oder plugsmith convert --resume für alles, was noch fehlt.",
    "MAC: {0}": "MAC: {0}",
    "SHA-256: {0}": "SHA-256: {0}",
    "chip: {0}": "Chip: {0}",
    "crystal: {0} MHz": "Quarz: {0} MHz",
    "rate: {0} baud": "Rate: {0} Baud",
    "signal: {0} dBm": "Signal: {0} dBm",
    "running for: {0} s": "läuft seit: {0} s",
    "memory for texts: {0} B used": "Textspeicher: {0} B belegt",
    "flash: {0}": "Flash: {0}",
    port: "Port",
    adapter: "Adapter",
    backup: "Sicherung",
    address: "Adresse",
    "flash maker": "Flash-Hersteller",
    hostname: "Hostname",
    version: "Version",
    image: "Image",
    hardware: "Hardware",
    name: "Name",
    topic: "Topic",
    Next: "Weiter",
    Likely: "Vermutlich",
    "{0}, power factor {1}: {2}": "{0}, Leistungsfaktor {1}: {2}",
    "{0} (here {1})": "{0} (hier {1})",
    "{0} of {1}": "{0} von {1}",
    "{0}: {1} percent": "{0}: {1} Prozent",
    "{0} min {1} s": "{0} min {1} s",
    "{0} h {1} min": "{0} h {1} min",
    "{0} s left": "noch {0} s",
    "{0} min left": "noch {0} min",
    "{0} to {1}": "{0} bis {1}",
    "at least {0}": "mindestens {0}",
    "at most {0}": "höchstens {0}",
    "Not yet": "Noch nicht",
    "Mains voltage now, as the multimeter shows it": "Netzspannung jetzt, wie sie das Multimeter anzeigt",
    "waiting for readings": "wartet auf Messwerte",
    "no reading yet": "noch kein Messwert",
    steady: "stabil",
    "too restless: something in the load is switching": "zu unruhig: Etwas in der Last schaltet",
    "still rising": "steigt noch",
    "still falling": "fällt noch",
    settling: "schwingt sich ein",
    "Back up the whole flash": "Den ganzen Flash sichern",
    "Write the image": "Das Image schreiben",
    "Let go of the button. From now on, never press it again; nothing may join the blue wire (GPIO0) to GND.":
      "Lassen Sie den Taster los. Drücken Sie ihn ab jetzt nicht mehr; nichts darf die blaue Litze (GPIO0) mit GND verbinden.",
    "Connect in download mode": "Im Download-Modus verbinden",
    "Open, wire and measure": "Öffnen, verdrahten und messen",
    "{0}; supply {1}": "{0}; Versorgung {1}",
    "First cold start": "Erster Kaltstart",
    "Close the case, item by item": "Das Gehäuse schließen, Punkt für Punkt",
    "Calibrate the meter": "Den Zähler kalibrieren",
    "Write the report": "Den Bericht schreiben",
    No: "Nein",
    "Where will the 3.3 V come from while you flash?": "Woher kommen beim Flashen die 3,3 V?",
    "Press the button (GPIO0 to GND) and keep it pressed. Plug the USB adapter in.":
      "Drücken Sie den Taster (GPIO0 an GND) und halten Sie ihn gedrückt. Stecken Sie den USB-Adapter ein.",
    "Type the MAC address that your router or the vendor's app shows for this plug (Enter skips it):":
      "Tippen Sie die MAC-Adresse, die Ihr Router oder die App des Herstellers für diesen Stecker zeigt (Eingabetaste überspringt):",
    "No, or I am not sure": "Nein, oder ich bin nicht sicher",
    "Yes, it is out of its socket and stays out": "Ja, er ist aus der Steckdose und bleibt draußen",
    "Bring the plug into the network": "Den Stecker ins Netzwerk bringen",
    "The plugs are closed and glued, no wire leaves them, and the load stands where it may get hot.":
      "Die Stecker sind geschlossen und verklebt, keine Litze führt heraus, und die Last steht so, dass sie heiß werden darf.",
    "Yes, all of this is true": "Ja, das alles trifft zu",
    "The conditions for measuring at mains are not met.":
      "Die Voraussetzungen für eine Messung an Netzspannung sind nicht erfüllt.",
    untouched: "unverändert",
    "Close the case, use an instrument that is rated for mains with a measuring adapter, then calibrate again.":
      "Schließen Sie das Gehäuse, nehmen Sie ein für Netzspannung zugelassenes Messgerät mit Messadapter und kalibrieren Sie erneut.",
    "These settings of the plug could not be restored: VoltRes {0}, WattRes {1}, AmpRes {2}, relay {3}.":
      "Diese Einstellungen des Steckers konnten nicht wiederhergestellt werden: VoltRes {0}, WattRes {1}, AmpRes {2}, Relais {3}.",
    "{0}, plug {1} of {2}": "{0}, Stecker {1} von {2}",
    calibrated: "kalibriert",
    "{0} is not calibrated: {1}": "{0} ist nicht kalibriert: {1}",
    "No calibration of this plug is recorded, so there is nothing to undo.":
      "Für diesen Stecker ist keine Kalibrierung aufgezeichnet, die sich rückgängig machen ließe.",
    "constants unchanged": "Konstanten unverändert",
    "Calibrate the plug, or set the constants that you noted by hand.":
      "Kalibrieren Sie den Stecker, oder setzen Sie die Konstanten, die Sie sich notiert haben.",
    "No finished calibration of this plug is recorded.":
      "Für diesen Stecker ist keine abgeschlossene Kalibrierung aufgezeichnet.",
    "Calibrate the plug against a reference.": "Kalibrieren Sie den Stecker mit einer Referenz.",
    "You typed {0} V as the mains voltage, but the plug reads about {1} V. One of the two is wrong.":
      "Sie haben {0} V als Netzspannung eingegeben, der Stecker misst aber etwa {1} V. Einer der beiden Werte ist falsch.",
    "Read the mains voltage again (meter on V AC) and check the template's metering pins. Then calibrate again.":
      "Lesen Sie die Netzspannung noch einmal ab (Messgerät auf V AC) und prüfen Sie die Messpins im Template. Kalibrieren Sie dann erneut.",
    "The load does not seem to be resistive: the plug's current would be {0} % wrong. A power factor of about {1} is a better explanation.":
      "Die Last ist offenbar nicht ohmsch: Der Strom des Steckers läge um {0} % daneben. Ein Leistungsfaktor von etwa {1} erklärt das besser.",
    "Use a heater, iron, kettle or filament bulb, not an LED, charger, motor or dimmer. Or measure the current as well.":
      "Nehmen Sie ein Heizgerät, Bügeleisen, einen Wasserkocher oder eine Glühlampe, keine LED, kein Ladegerät, keinen Motor, keinen Dimmer. Oder messen Sie auch den Strom.",
    "With this load and reference, {0} would only be accurate to ±{1} % (k = 2), not ±{2} %.":
      "Mit dieser Last und Referenz wäre {0} nur auf ±{1} % genau (k = 2), nicht auf ±{2} %.",
    "The load of {0} W is more than this plug can carry ({1} W).":
      "Die Last von {0} W ist mehr, als dieser Stecker tragen darf ({1} W).",
    "constants unchanged, nothing switched": "Konstanten unverändert, nichts geschaltet",
    "Unplug the load and use a smaller one; a tenth of the limit is enough.":
      "Ziehen Sie die Last ab und nehmen Sie eine kleinere; ein Zehntel des Grenzwerts reicht.",
    "With the new constants, the plug should read a {0} near {1} {2}, but it reads {3} {4}.":
      "Mit den neuen Konstanten müsste der Stecker etwa diesen Wert anzeigen ({0}): {1} {2}. Er zeigt aber {3} {4}.",
    "the previous constants are restored": "die vorigen Konstanten sind wiederhergestellt",
    "Make sure that the load and the mains voltage stay the same, then calibrate again.":
      "Sorgen Sie dafür, dass Last und Netzspannung gleich bleiben, und kalibrieren Sie erneut.",
    voltage: "Spannung",
    power: "Leistung",
    current: "Strom",
    "The reference plug {0} shows no reading for this quantity: {1}.":
      "Der Referenzstecker {0} zeigt für diese Größe keinen Messwert: {1}.",
    "Switch on the reference and every other plug in the circuit, with the load connected behind all of them.":
      "Schalten Sie die Referenz und alle anderen Stecker im Stromkreis ein, mit der Last hinter allen.",
    "The reference at {0} answered with HTTP status {1}.":
      "Die Referenz unter {0} hat mit HTTP-Status {1} geantwortet.",
    "Check the reference's address. It must be a Shelly with metering and without a login.":
      "Prüfen Sie die Adresse der Referenz. Es muss ein Shelly mit Energiemessung und ohne Anmeldung sein.",
    "The Shelly at {0} reports no valid power reading.": "Der Shelly unter {0} meldet keine gültige Leistung.",
    "Switch its relay on, with the load and the plug under test behind it.":
      "Schalten Sie sein Relais ein, mit der Last und dem zu prüfenden Stecker dahinter.",
    "You typed {0} {1}, but the plug reads about {2} {3}. Is it a typing error, or is the meter set to the wrong range?":
      "Sie haben {0} {1} eingegeben, der Stecker misst aber etwa {2} {3}. Ein Tippfehler, oder ein falscher Messbereich?",
    "The reference value was given as {0}, but it must be an exact number greater than 0.":
      "Als Referenzwert wurde {0} angegeben; er muss eine genaue Zahl größer als 0 sein.",
    "Read the instrument with the load and the relay on, then calibrate again.":
      "Lesen Sie das Messgerät ab, während Last und Relais eingeschaltet sind, und kalibrieren Sie erneut.",
    "Mains voltage now, as the instrument shows it": "Netzspannung jetzt, wie sie das Messgerät anzeigt",
    "Power now, as the power meter shows it": "Leistung jetzt, wie sie der Leistungsmesser anzeigt",
    "Current now, as the instrument shows it": "Strom jetzt, wie ihn das Messgerät anzeigt",
    "The plug still reads {0} V, {1} A, {2} W. A load is switched off, or the meter sends no pulses.":
      "Der Stecker misst weiterhin {0} V, {1} A, {2} W. Die Last ist aus, oder der Messchip sendet keine Impulse.",
    "The readings did not become steady within {0} ({1}; noise {2} %).":
      "Die Messwerte wurden innerhalb von {0} nicht stabil ({1}; Rauschen {2} %).",
    "Switch on the relay and the load. Below about 7 mA (1.7 W) this meter reads nothing.":
      "Schalten Sie Relais und Last ein. Unter etwa 7 mA (1,7 W) misst dieser Messchip nichts.",
    "Use a load without a thermostat, and wait until it is warm.":
      "Nehmen Sie eine Last ohne Thermostat und warten Sie, bis sie warm ist.",
    "untouched; the case is not proven closed, so keep it away from mains":
      "unverändert; es ist nicht nachgewiesen, dass das Gehäuse geschlossen ist, also von Netzspannung fernhalten",
    "Take the plug out of its socket. Go through the closing list with `plugsmith close`, then calibrate.":
      "Ziehen Sie den Stecker aus der Steckdose. Gehen Sie mit `plugsmith close` die Schließliste durch, dann kalibrieren Sie.",
    "The plug's constants do not match any recorded calibration.":
      "Die Konstanten des Steckers passen zu keiner aufgezeichneten Kalibrierung.",
    "At this load, the error is within the uncertainty of this check.":
      "Bei dieser Last liegt die Abweichung innerhalb der Unsicherheit dieser Prüfung.",
    "Since the calibration, the error is within the uncertainty of this check.":
      "Seit der Kalibrierung liegt die Abweichung innerhalb der Unsicherheit dieser Prüfung.",
    "Deviations at this load: {0}.": "Abweichungen bei dieser Last: {0}.",
    "Deviations since the calibration: {0}.": "Abweichungen seit der Kalibrierung: {0}.",
    "Switch the power off and on: pull out the USB adapter, count to three, and plug it in again.":
      "Schalten Sie die Versorgung aus und wieder ein: USB-Adapter abziehen, bis drei zählen, wieder einstecken.",
    'The plug reports the restart reason "{0}" instead of "{1}": its power was not off.':
      "Der Stecker meldet als Neustartgrund „{0}“ statt „{1}“: Er war nicht ohne Strom.",
    "running the new firmware, but still with the straps from download mode":
      "die neue Firmware läuft, aber noch mit den Strapping-Pins aus dem Download-Modus",
    "Pull out the adapter, or switch off the separate supply, for three seconds. Then run the command again.":
      "Ziehen Sie den Adapter ab, oder schalten Sie das eigene Netzteil aus, für drei Sekunden. Geben Sie den Befehl dann erneut.",
    "Plug {0} is on the wires, but plug {1} was flashed.":
      "An den Litzen ist der Stecker {0}, geflasht wurde aber der Stecker {1}.",
    "{0} is written and verified, but not started yet": "{0} ist geschrieben und geprüft, aber noch nicht gestartet",
    "Connect the plug that was flashed, then run the command again. Finished steps are not repeated.":
      "Schließen Sie den geflashten Stecker an und geben Sie den Befehl erneut. Erledigte Schritte werden nicht wiederholt.",
    "The connection to {0} did not come back.": "Die Verbindung zu {0} kam nicht wieder.",
    "The USB adapter did not come back.": "Der USB-Adapter kam nicht wieder.",
    "written and verified, but not started yet": "geschrieben und geprüft, aber noch nicht gestartet",
    "The new firmware does not answer on the serial console.":
      "Die neue Firmware antwortet nicht auf der seriellen Konsole.",
    "written and verified; it does not start, or a wire is loose":
      "geschrieben und geprüft; sie startet nicht, oder eine Litze ist lose",
    "Make sure that nothing touches the GPIO0 wire and that TX and RX are still connected. If the 3.3 V supply is weak, use a separate one. Then run the command again.":
      "Achten Sie darauf, dass nichts die GPIO0-Litze berührt und dass TX und RX noch verbunden sind. Ist die 3,3-V-Versorgung schwach, nehmen Sie ein eigenes Netzteil. Geben Sie den Befehl dann erneut.",
    "The conversion needs a firmware image, and none is given.":
      "Die Umrüstung braucht ein Firmware-Image, und es ist keines angegeben.",
    "Run the command again with a firmware image.": "Geben Sie den Befehl erneut, mit einem Firmware-Image.",
    "The conversion needs the name and password of a Wi-Fi network, and they are not given.":
      "Die Umrüstung braucht Name und Passwort eines WLANs, und sie sind nicht angegeben.",
    "Run the command again with a Wi-Fi network's name and password.":
      "Geben Sie den Befehl erneut, mit Name und Passwort eines WLANs.",
    "as the last finished step left it": "wie ihn der letzte erledigte Schritt hinterlassen hat",
    'The step "{0}" needs the wires, and no serial port is open.':
      "Der Schritt „{0}“ braucht die Litzen, und kein serieller Port ist offen.",
    "Plug in the adapter and name its port with --port.":
      "Stecken Sie den Adapter ein und nennen Sie seinen Port mit --port.",
    "This is plug {0}, but the conversion to continue is that of plug {1}.":
      "Das ist der Stecker {0}; fortgesetzt werden soll aber die Umrüstung des Steckers {1}.",
    "Connect the other plug, or start a new conversion with --new.":
      "Schließen Sie den anderen Stecker an, oder beginnen Sie mit --new eine neue Umrüstung.",
    "no step is recorded as done": "kein Schritt ist als erledigt aufgezeichnet",
    "these steps are recorded as done: {0}": "diese Schritte sind als erledigt aufgezeichnet: {0}",
    "Run the same command again. It does not repeat steps that are recorded as done.":
      "Geben Sie denselben Befehl erneut. Was als erledigt aufgezeichnet ist, wird nicht wiederholt.",
    "Run the same command again. It does not repeat steps that are recorded as done; the next step is: {0}.":
      "Geben Sie denselben Befehl erneut. Was als erledigt aufgezeichnet ist, wird nicht wiederholt; der nächste Schritt ist: {0}.",
    "{0} runs (restart reason: {1})": "{0} läuft (Neustartgrund: {1})",
    "Release GPIO0; the first start follows at mains": "GPIO0 freigeben; der erste Start folgt an Netzspannung",
    "the radio does not start on a weak supply": "das Funkmodul startet nicht an einer schwachen Versorgung",
    "Plug {0} joined the network, but plug {1} was flashed.":
      "Der Stecker {0} ist dem Netz beigetreten, geflasht wurde aber der Stecker {1}.",
    "{0} is in the network; {1} is not": "{0} ist im Netz; {1} nicht",
    "Only one plug at a time may have its access point open. Switch the other one off and run the command again.":
      "Nur ein Stecker auf einmal darf seinen Access Point offen haben. Schalten Sie den anderen aus und geben Sie den Befehl erneut.",
    "Plug in the USB adapter. Do not press the button: the firmware has to start.":
      "Stecken Sie den USB-Adapter ein. Drücken Sie den Taster nicht: Die Firmware muss starten.",
    "A setting has changed since the plug was configured: {0} It is set again.":
      "Eine Einstellung hat sich geändert, seit der Stecker konfiguriert wurde: {0} Sie wird neu gesetzt.",
    "left for later: plugsmith calibrate": "auf später verschoben: plugsmith calibrate",
    "Now plug the load into the plug, with the reference connected as in the drawing.":
      "Stecken Sie nun die Last in den Stecker, mit der Referenz wie in der Zeichnung.",
    "report.html and report.json are in {0}": "report.html und report.json liegen in {0}",
    "This computer's clock is behind the latest entry in the plug's journal ({0}). Was it set back? The recorded order stays correct, but the times in the report may be wrong.":
      "Die Uhr dieses Computers geht gegenüber dem letzten Eintrag im Protokoll des Steckers nach ({0}). Wurde sie zurückgestellt? Die aufgezeichnete Reihenfolge stimmt weiterhin, die Zeiten im Bericht vielleicht nicht.",
    "Plug {0} is already converted: its last step was finished on {1}.":
      "Der Stecker {0} ist schon umgerüstet: Sein letzter Schritt war am {1} fertig.",
    "Converting it again means to open it, to erase its flash and to start from the beginning. Do you want that?":
      "Ihn erneut umzurüsten heißt, ihn zu öffnen, seinen Flash zu löschen und von vorn zu beginnen. Wollen Sie das?",
    "No, leave it as it is": "Nein, so lassen",
    "Yes, convert it again from the beginning": "Ja, noch einmal von vorn umrüsten",
    "Nothing was changed.": "Nichts wurde geändert.",
    "converted, as its last step left it": "umgerüstet, wie ihn der letzte Schritt hinterlassen hat",
    "To repeat single steps, run plugsmith audit, calibrate or report. To convert it again, run plugsmith convert --new.":
      "Einzelne Schritte wiederholen Sie mit plugsmith audit, calibrate oder report. Erneut umrüsten: plugsmith convert --new.",
    "No unfinished conversion is recorded in {0}.": "In {0} ist keine unfertige Umrüstung aufgezeichnet.",
    "Start one: run the same command without --resume.": "Beginnen Sie eine: derselbe Befehl ohne --resume.",
    "No conversion is recorded in {0}.": "In {0} ist keine Umrüstung aufgezeichnet.",
    "Several converted plugs are recorded in {0}: {1}.": "In {0} sind mehrere umgerüstete Stecker aufgezeichnet: {1}.",
    "Start with plugsmith prepare or plugsmith convert.": "Beginnen Sie mit plugsmith prepare oder plugsmith convert.",
    "Name the plug with --plug MAC.": "Nennen Sie den Stecker mit --plug MAC.",
    "A conversion is not finished. Continue it?": "Eine Umrüstung ist noch nicht fertig. Fortsetzen?",
    "{0}, started on {1} at {2} UTC, next step: {3}": "{0}, begonnen am {1} um {2} UTC, nächster Schritt: {3}",
    "No, convert another plug": "Nein, einen anderen Stecker umrüsten",
    "No plug {0} is recorded in {1}.": "In {1} ist kein Stecker {0} aufgezeichnet.",
    "Check the MAC address. Without --resume, a new conversion starts.":
      "Prüfen Sie die MAC-Adresse. Ohne --resume beginnt eine neue Umrüstung.",
    "{0} (started {1}, next step: {2})": "{0} (begonnen {1}, nächster Schritt: {2})",
    "Several conversions are not finished: {0}.": "Mehrere Umrüstungen sind noch nicht fertig: {0}.",
    "Name the plug: --resume MAC for convert, --plug MAC for a single step. For another plug, use --new.":
      "Nennen Sie den Stecker: --resume MAC bei convert, --plug MAC bei einem einzelnen Schritt. Für einen anderen Stecker: --new.",
    "Hold it until plugsmith detects the chip. The search is running.":
      "Halten Sie ihn gedrückt, bis plugsmith den Chip erkennt. Die Suche läuft.",
    "Let go of the button. From now on, nothing may connect the blue wire (GPIO0) to GND.":
      "Lassen Sie den Taster los. Ab jetzt darf nichts die blaue Litze (GPIO0) mit GND verbinden.",
    "Pull out the USB adapter: the radio must not start on its supply.":
      "Ziehen Sie den USB-Adapter ab: Das Funkmodul darf nicht an seiner Versorgung starten.",
    "plugsmith cannot tell which backup of {0} is the original: {1}.":
      "plugsmith kann nicht erkennen, welche Sicherung von {0} das Original ist: {1}.",
    "Name the backup to restore: plugsmith restore {0}.":
      "Nennen Sie die Sicherung, die zurückgeschrieben werden soll: plugsmith restore {0}.",
    "firmware not recognized": "Firmware nicht erkannt",
    "looks like {0}": "sieht aus wie {0}",
    "vendor firmware for Tuya's platform": "Hersteller-Firmware für die Plattform von Tuya",
    "Plug {0} is on the wires, not {1}.": "An den Litzen ist der Stecker {0}, nicht {1}.",
    "Connect the other plug, or name this one.": "Schließen Sie den anderen Stecker an, oder nennen Sie diesen.",
    "already at {0}": "schon unter {0}",
    "Find the plug in the network": "Den Stecker im Netzwerk finden",
    "Set the template, names and limits": "Template, Namen und Grenzwerte setzen",
    "nothing to change": "nichts zu ändern",
    "set: {0}": "gesetzt: {0}",
    "Set the web password and close open access": "Web-Passwort setzen und offene Zugänge schließen",
    "Password set. {0} pages and commands refuse access without it. The button and quick power cycles still reset the plug.":
      "Passwort gesetzt. {0} Seiten und Befehle verweigern ohne es den Zugriff. Taste und schnelles Aus- und Einschalten setzen den Stecker weiterhin zurück.",
    "Check all settings": "Alle Einstellungen prüfen",
    "Plug {0} joined the network, but did not report its address.":
      "Der Stecker {0} ist dem Netz beigetreten, hat aber seine Adresse nicht gemeldet.",
    "in the network, not configured": "im Netz, nicht konfiguriert",
    "Search for it with `find`, then continue with `setup --address`.":
      "Suchen Sie ihn mit `find` und machen Sie mit `setup --address` weiter.",
    "Plug the USB adapter into the computer. Connect nothing to the adapter except the meter's probes.":
      "Stecken Sie den USB-Adapter in den Computer. An den Adapter kommen nur die Prüfspitzen des Messgeräts.",
    "With the adapter unplugged from the computer:": "Der Adapter ist nicht am Computer:",
    "not powered": "ohne Spannung",
    "Unplug the adapter from the computer.": "Ziehen Sie den Adapter aus dem Computer.",
    "Open the plug in this order:": "Öffnen Sie den Stecker in dieser Reihenfolge:",
    "Solder the wires in this order, with everything unpowered:":
      "Löten Sie die Litzen in dieser Reihenfolge an, alles spannungslos:",
    "Is this a {0} (also sold under other names)? You cannot see the chip yet, and you do not need to: plugsmith reads it before it changes anything, and stops if it is a different one.":
      "Ist das ein {0} (auch unter anderen Namen verkauft)? Den Chip sehen Sie noch nicht, und Sie müssen es nicht: plugsmith liest ihn, bevor es etwas ändert, und hört auf, wenn es ein anderer ist.",
    "Some plugs with old vendor firmware could be flashed with tuya-convert without opening them; newer firmware does not allow it.":
      "Manche Stecker mit alter Hersteller-Firmware wurden mit tuya-convert geflasht, ohne sie zu öffnen; neuere Firmware lässt das nicht zu.",
    '"{0}" is not a MAC address. A MAC address looks like 5C:CF:7F:0A:0B:0C.':
      "„{0}“ ist keine MAC-Adresse. Eine MAC-Adresse sieht so aus: 5C:CF:7F:0A:0B:0C.",
    "{0} is registered to Espressif, the maker of the chips that Tasmota runs on. plugsmith reads which chip it is before it changes anything.":
      "{0} ist auf Espressif registriert, den Hersteller der Chips, auf denen Tasmota läuft. Welcher Chip es ist, liest plugsmith, bevor es etwas ändert.",
    "{0} is registered to {1}, whose products contain chips of several makers. It does not show whether this one has an Espressif chip. You may find a different chip when the plug is open.":
      "{0} ist auf {1} registriert; deren Produkte enthalten Chips mehrerer Hersteller. Ob in diesem einer von Espressif steckt, verrät die Adresse nicht. Vielleicht finden Sie im offenen Stecker einen anderen Chip.",
    "{0} is not a registered address but a random one, so it does not show the chip's maker. You may find a chip that is not Espressif's when the plug is open.":
      "{0} ist keine registrierte, sondern eine zufällige Adresse und verrät den Hersteller des Chips nicht. Vielleicht finden Sie im offenen Stecker einen Chip, der nicht von Espressif ist.",
    "{0} is not in plugsmith's list of makers, so it does not show the chip's maker. Look it up at standards-oui.ieee.org. You may find a chip that is not Espressif's when the plug is open.":
      "{0} steht nicht in plugsmiths Herstellerliste und verrät den Hersteller des Chips nicht. Schlagen Sie auf standards-oui.ieee.org nach. Vielleicht finden Sie im offenen Stecker einen Chip, der nicht von Espressif ist.",
    "{0} is registered to {1}, which makes its own Wi-Fi chips. Tasmota runs only on Espressif chips, so this plug cannot be converted.":
      "{0} ist auf {1} registriert; diese Firma baut eigene WLAN-Chips. Tasmota läuft nur auf Chips von Espressif, also lässt sich dieser Stecker nicht umrüsten.",
    "untouched and closed": "unverändert und geschlossen",
    "Leave it closed. If you typed another device's address, run the command again with this plug's address.":
      "Lassen Sie ihn geschlossen. Falls Sie die Adresse eines anderen Geräts eingegeben haben, geben Sie den Befehl erneut mit der dieses Steckers.",
    "Without an insulation tester and a protected socket, the plug cannot be tested after closing. An untested plug must not be connected to mains.":
      "Ohne Isolationsmessgerät und geschützte Steckdose lässt sich der Stecker nach dem Schließen nicht prüfen. Ein ungeprüfter Stecker darf nicht an Netzspannung.",
    "Leave it closed. Find a workshop or a repair café with an insulation tester, and a socket behind an RCD of 30 mA (a portable RCD is enough). Then run the command again.":
      "Lassen Sie ihn geschlossen. Suchen Sie eine Werkstatt oder ein Repair-Café mit Isolationsmessgerät und eine Steckdose hinter einem Fehlerstromschutzschalter mit 30 mA (ein tragbarer reicht). Geben Sie den Befehl dann erneut.",
    "The plug must not be connected to mains: {0} of {1} closing checks are not done ({2}).":
      "Der Stecker darf nicht an Netzspannung: {0} von {1} Prüfungen zum Schließen sind nicht erledigt ({2}).",
    "not known to be closed": "es ist nicht nachgewiesen, dass er geschlossen ist",
    "Go through the closing list first: run npx plugsmith close.":
      "Gehen Sie zuerst die Schließliste durch: npx plugsmith close.",
    "open or not tested; keep it away from mains": "offen oder ungeprüft; von Netzspannung fernhalten",
    "Not confirmed: {0}": "Nicht bestätigt: {0}",
    "open or not tested; do not plug it into mains": "offen oder ungeprüft; nicht an Netzspannung anschließen",
    "The closing list continues where it stopped at {0} UTC on {1}. Has the plug stayed as it was since then: nothing opened, nothing removed, no wire put on the board?":
      "Die Schließliste macht dort weiter, wo sie um {0} UTC am {1} aufgehört hat. Ist der Stecker seitdem so geblieben: nichts geöffnet, nichts entfernt, keine Litze an der Platine?",
    "Yes, nothing has been opened since then": "Ja, seitdem wurde nichts geöffnet",
    "No, or I am not sure: start the list again": "Nein, oder ich bin nicht sicher: die Liste von vorn beginnen",
    "The closing list was completed on {0}. Has the case stayed closed since then, with no wire on the board?":
      "Die Schließliste wurde am {0} abgeschlossen. Ist das Gehäuse seitdem zu geblieben, ohne Litze an der Platine?",
    "Yes, it has stayed closed": "Ja, es ist zu geblieben",
    "No, or I am not sure: go through the list again":
      "Nein, oder ich bin nicht sicher: die Liste noch einmal durchgehen",
    "Plug it into the protected socket (RCD or series bulb). Nothing may be plugged into the plug.":
      "Stecken Sie ihn in die geschützte Steckdose (Fehlerstromschutzschalter oder Glühlampe in Reihe). In den Stecker selbst darf nichts eingesteckt sein.",
    "Find and remove the cause before you continue.": "Finden und beheben Sie die Ursache, bevor Sie weitermachen.",
    "{0}; the {1} Ω of the leads are subtracted": "{0}; die {1} Ω der Messleitungen werden abgezogen",
    "{0}: {1} to {2} ({3})": "{0}: {1} gegen {2} ({3})",
    "{0}. Your last reading, {1}, is outside the limit.":
      "{0}. Ihr letzter Messwert, {1}, liegt außerhalb des Grenzwerts.",
    "{0}: measured {1}, required {2}.": "{0}: gemessen {1}, gefordert {2}.",
    "Hold the two probe tips together, on the meter's lowest Ω range. What does the display show? (0 if you pressed REL or ZERO in this position; at most {0} Ω)":
      "Halten Sie die beiden Prüfspitzen im kleinsten Ω-Bereich aneinander. Was zeigt die Anzeige? (0, wenn Sie dabei REL oder ZERO gedrückt haben; höchstens {0} Ω)",
    "Your last reading, {0}, is too high or too low for good leads. Check that the probe tips touch, that the meter is on its lowest Ω range, and that both plugs sit firmly in the meter.":
      "Ihr letzter Messwert, {0}, ist für gute Messleitungen zu hoch oder zu niedrig. Prüfen Sie, ob sich die Prüfspitzen berühren, ob der kleinste Ω-Bereich gewählt ist und ob beide Stecker fest im Messgerät sitzen.",
    "The leads alone read {0}. At most {1} Ω are allowed: otherwise a contact of {2} cannot be measured with them.":
      "Die Messleitungen allein haben {0}. Höchstens {1} Ω sind erlaubt: Sonst lässt sich damit ein Kontakt mit {2} nicht messen.",
    "Clean the probe tips, or use other leads or another meter.":
      "Reinigen Sie die Prüfspitzen, oder nehmen Sie andere Messleitungen oder ein anderes Messgerät.",
    "Which unit does the display show next to {0}?": "Welche Einheit zeigt die Anzeige neben {0}?",
    "Look for a solder bridge between the two pads. Do not connect the adapter.":
      "Suchen Sie eine Lötbrücke zwischen den beiden Pads. Schließen Sie den Adapter nicht an.",
    "Set the adapter to 3.3 V (jumper or switch), or use another one. 5 V destroys the chip.":
      "Stellen Sie den Adapter auf 3,3 V (Jumper oder Schalter), oder nehmen Sie einen anderen. 5 V zerstören den Chip.",
    "This adapter's signals are not 3.3 V. Use another adapter or a level shifter. 5 V destroys the chip.":
      "Die Signale dieses Adapters haben nicht 3,3 V. Nehmen Sie einen anderen Adapter oder einen Pegelwandler. 5 V zerstören den Chip.",
    "Clean the earth contacts, bend them so that they press harder, and measure again.":
      "Reinigen Sie die Schutzkontakte, biegen Sie sie, damit sie fester drücken, und messen Sie erneut.",
    "A multimeter cannot test insulation. Use an insulation tester, set to 500 V DC.":
      "Ein Multimeter kann den Isolationswiderstand nicht prüfen. Nehmen Sie ein Isolationsmessgerät, eingestellt auf 500 V DC.",
    "Look for metal filings, solder or a trapped wire between mains and earth.":
      "Suchen Sie nach Metallspänen, Lötzinn oder einer eingeklemmten Litze zwischen Netzspannung und Schutzleiter.",
    "The adapter is of the type {0}. Its own 3.3 V pin supplies only 50 mA, which is enough for flashing but not for Wi-Fi. Where will the 3.3 V come from while you flash?":
      "Der Adapter ist ein {0}. Sein eigener 3,3-V-Pin liefert nur 50 mA; das reicht zum Flashen, aber nicht für WLAN. Woher kommen beim Flashen die 3,3 V?",
    "From the adapter, whose 3.3 V pin supplies {0} mA or more":
      "Vom Adapter, dessen 3,3-V-Pin mindestens {0} mA liefert",
    "From a separate 3.3 V supply, with its ground connected to the adapter's":
      "Von einem eigenen 3,3-V-Netzteil, sein GND mit dem des Adapters verbunden",
    "From the adapter, which supplies less, or I don't know how much (choose this if unsure: Wi-Fi then starts after closing)":
      "Vom Adapter, der weniger liefert, oder ich weiß nicht, wie viel (im Zweifel dies: WLAN startet dann erst nach dem Schließen)",
    "Wires and mains must never be connected at the same time. Is the plug out of its socket?":
      "Litzen und Netzspannung dürfen nie gleichzeitig angeschlossen sein. Ist der Stecker aus der Steckdose?",
    "It is not confirmed that the plug is out of its socket. Until then, nobody may open it, and plugsmith does nothing over its wires.":
      "Es ist nicht bestätigt, dass der Stecker aus der Steckdose ist. Solange darf ihn niemand öffnen, und plugsmith tut nichts über seine Litzen.",
    "Do not touch any wire. If a wire is on the board, switch off the mains first. Pull the plug out of its socket, then run the command again. If the wires are already off, run npx plugsmith close.":
      "Berühren Sie keine Litze. Ist eine an der Platine, schalten Sie zuerst die Netzspannung ab. Ziehen Sie den Stecker aus der Steckdose und geben Sie den Befehl erneut. Sind die Litzen schon ab, geben Sie npx plugsmith close.",
    "Since this plug ({0}) was closed, serial wires were used on a plug that did not identify itself: {1}. Was it this plug?":
      "Seit dieser Stecker ({0}) geschlossen wurde, gab es Kontakt über serielle Litzen mit einem Stecker, der sich nicht zu erkennen gab: {1}. War es dieser Stecker?",
    "{0} at {1} UTC over the {2}": "am {0} um {1} UTC über {2}",
    "and {0} earlier": "und {0} davor",
    "Yes, or I am not sure": "Ja, oder ich bin nicht sicher",
    "No, it was a different one": "Nein, es war ein anderer",
    Done: "Erledigt",
    "Back one step": "Einen Schritt zurück",
    "Check the network and the program that serves the port.":
      "Prüfen Sie das Netzwerk und das Programm, das den Port bereitstellt.",
    "Plug the adapter in again while you hold the button (GPIO0 to GND).":
      "Stecken Sie den Adapter wieder ein und halten Sie dabei den Taster gedrückt (GPIO0 an GND).",
    "Plug the adapter in again.": "Stecken Sie den Adapter wieder ein.",
    "Then run the command again.": "Geben Sie den Befehl dann erneut.",
    "Then run the command again. Finished steps are not repeated.":
      "Geben Sie den Befehl dann erneut. Erledigte Schritte werden nicht wiederholt.",
    "Then run rescue again.": "Starten Sie rescue dann erneut.",
    "Plug it in while you hold the button (GPIO0 to GND).":
      "Stecken Sie ihn ein und halten Sie dabei den Taster gedrückt (GPIO0 an GND).",
    "The profile of the {0} is for {1}, but plugsmith has drivers only for {2}.":
      "Das Profil des {0} ist für {1}; plugsmith hat aber nur Treiber für {2}.",
    "Choose a profile for one of these firmwares.": "Wählen Sie ein Profil für eine dieser Firmwares.",
    "untouched; its backup is sealed: {0}": "unverändert; seine Sicherung ist versiegelt: {0}",
    "{0} exists already and is not a copy of this backup.":
      "{0} gibt es schon, und es ist keine Kopie dieser Sicherung.",
    "Choose another name, or move the file.": "Wählen Sie einen anderen Namen, oder verschieben Sie die Datei.",
    "The data that was read does not match the chip's own digest of its flash.":
      "Die gelesenen Daten passen nicht zur Prüfsumme, die der Chip selbst von seinem Flash bildet.",
    "Nothing was sealed. Use shorter wires or a lower rate (--baud 115200), then try again.":
      "Es wurde nichts versiegelt. Nehmen Sie kürzere Litzen oder eine niedrigere Rate (--baud 115200) und versuchen Sie es erneut.",
    "nothing is erased": "es wird nichts gelöscht",
    "equals the sealed backup {0}": "gleich der versiegelten Sicherung {0}",
    "already read by an earlier run": "schon in einem früheren Lauf gelesen",
    blank: "leer",
    "not yet read; blank stretches are skipped": "noch nicht gelesen; leere Strecken werden übersprungen",
    "the chip's MD5 digest of its flash": "MD5-Prüfsumme, die der Chip von seinem Flash bildet",
    "already sealed as {0}": "schon versiegelt als {0}",
    "Complete and verified: {0} read, {1} blank, {2} from an earlier run":
      "Vollständig und geprüft: {0} gelesen, {1} leer, {2} aus einem früheren Lauf",
    "the whole target first": "zuerst der ganze Zielbereich",
    "must be blank": "muss leer sein",
    differs: "weicht ab",
    "already correct": "schon richtig",
    "expected contents": "erwarteter Inhalt",
    "Verified: {0} written, {1} erased, {2} already correct":
      "Geprüft: {0} geschrieben, {1} gelöscht, {2} schon richtig",
    "The backup has {0} bytes, but the plug's flash has {1} bytes.":
      "Die Sicherung hat {0} Bytes, der Flash des Steckers aber {1} Bytes.",
    "Use a backup of this plug. To write only a part of the flash, use plugsmith write.":
      "Nehmen Sie eine Sicherung dieses Steckers. Einen Teil des Flashs schreiben Sie mit plugsmith write.",
    "This file is not a sealed backup of the plug {0}.":
      "Diese Datei ist keine versiegelte Sicherung des Steckers {0}.",
    "This backup belongs to the plug {0}, but the connected plug is {1}.":
      "Diese Sicherung gehört zum Stecker {0}; angeschlossen ist aber {1}.",
    "Use this plug's own backup: calibration and radio data differ from plug to plug. To restore it anyway, type the plug's MAC address.":
      "Nehmen Sie die eigene Sicherung dieses Steckers: Kalibrier- und Funkdaten sind bei jedem Stecker anders. Um sie trotzdem zurückzuschreiben, geben Sie die MAC-Adresse des Steckers ein.",
    "The flash changed outside the target, from 0x{0} to 0x{1}: a command was corrupted on the serial line.":
      "Der Flash hat sich außerhalb des Zielbereichs geändert, von 0x{0} bis 0x{1}: Ein Befehl wurde auf der seriellen Leitung verfälscht.",
    "the target is correct, but something outside it is not": "der Zielbereich stimmt, etwas außerhalb davon nicht",
    "Use shorter wires. Then write the whole chip (--target chip) or restore a backup.":
      "Nehmen Sie kürzere Litzen. Schreiben Sie dann den ganzen Chip (--target chip), oder schreiben Sie eine Sicherung zurück.",
    "The adapter refuses {0} baud.": "Der Adapter lehnt {0} Baud ab.",
    "The adapter accepts {0} baud but sends at about {1} baud.":
      "Der Adapter nimmt {0} Baud an, sendet aber mit etwa {1} Baud.",
    "plugsmith tries {0} baud.": "plugsmith versucht {0} Baud.",
    "The connection to the chip was lost at {0} baud. From now on, plugsmith uses at most {1} baud with this adapter, unless you set --baud.":
      "Bei {0} Baud ging die Verbindung zum Chip verloren. Ab jetzt nimmt plugsmith mit diesem Adapter höchstens {1} Baud, außer Sie geben --baud an.",
    "{0} baud does not work in both directions. plugsmith tries a lower rate.":
      "{0} Baud funktionieren nicht in beide Richtungen. plugsmith versucht eine niedrigere Rate.",
    "Too many errors at {0} baud. plugsmith continues at {1} baud.":
      "Zu viele Fehler bei {0} Baud. plugsmith macht mit {1} Baud weiter.",
    "{0} baud does not work in both directions with this adapter and these wires.":
      "{0} Baud funktionieren mit diesem Adapter und diesen Litzen nicht in beide Richtungen.",
    "flash untouched": "Flash unverändert",
    "Choose a lower rate, or leave out --baud: plugsmith then finds a rate itself. Shorter wires allow higher rates.":
      "Wählen Sie eine niedrigere Rate, oder lassen Sie --baud weg: Dann sucht plugsmith selbst eine. Kürzere Litzen erlauben höhere Raten.",
    "A different plug was connected: {0} instead of {1}.": "Es wurde ein anderer Stecker angeschlossen: {0} statt {1}.",
    "{0} is untouched; the journal has the state of {1}": "{0} ist unverändert; den Stand von {1} hat das Protokoll",
    "Connect {0} again and repeat the command. It continues where it stopped.":
      "Schließen Sie wieder {0} an und wiederholen Sie den Befehl. Er macht dort weiter, wo er aufgehört hat.",
    "the flash equals the sealed backup {0}": "der Flash ist gleich der versiegelten Sicherung {0}",
    "erasing started after the sealed backup {0}": "das Löschen begann nach der versiegelten Sicherung {0}",
    "overridden: the plug's MAC address was typed": "übergangen: Die MAC-Adresse des Steckers wurde eingegeben",
    "there is no sealed backup of this plug": "von diesem Stecker gibt es keine versiegelte Sicherung",
    "no undamaged sealed backup equals what the flash holds now":
      "keine unbeschädigte versiegelte Sicherung ist gleich dem jetzigen Inhalt des Flashs",
    "the MAC address that you typed is not this plug's": "die eingegebene MAC-Adresse ist nicht die dieses Steckers",
    "Erasing is refused: {0}.": "Das Löschen wird verweigert: {0}.",
    "Back up the plug first (plugsmith backup). To erase it without a backup, type its MAC address: its contents are then lost.":
      "Sichern Sie den Stecker zuerst (plugsmith backup). Um ohne Sicherung zu löschen, geben Sie seine MAC-Adresse ein: Dann ist sein Inhalt verloren.",
    "written, and verified with the chip's own digest": "geschrieben und mit der Prüfsumme des Chips geprüft",
    "erased, and verified with the chip's own digest": "gelöscht und mit der Prüfsumme des Chips geprüft",
    "restored, and verified with the chip's own digest": "zurückgeschrieben und mit der Prüfsumme des Chips geprüft",
    "partly written, so it may not start": "teilweise geschrieben, startet also vielleicht nicht",
    "partly erased, so it may not start": "teilweise gelöscht, startet also vielleicht nicht",
    "partly restored, so it may not start": "teilweise zurückgeschrieben, startet also vielleicht nicht",
    "Check the adapter and its cable, or the network if the port is on another computer.":
      "Prüfen Sie den Adapter und sein Kabel, oder das Netzwerk, falls der Port an einem anderen Computer ist.",
    "Unplug the adapter and plug it in again.": "Ziehen Sie den Adapter ab und stecken Sie ihn wieder ein.",
    "Check the wires and the supply.": "Prüfen Sie die Litzen und die Versorgung.",
    "Check the supply.": "Prüfen Sie die Versorgung.",
    "there is no sealed backup of what it held": "es gibt keine versiegelte Sicherung seines Inhalts",
    "the sealed backup of its original firmware is {0}":
      "die versiegelte Sicherung seiner ursprünglichen Firmware ist {0}",
    "left by an earlier run": "von einem früheren Lauf so hinterlassen",
    "Run the same command again. It continues from what is already verified.":
      "Geben Sie denselben Befehl erneut. Er macht bei dem weiter, was schon geprüft ist.",
    "Or restore the original firmware: plugsmith restore.":
      "Oder schreiben Sie die ursprüngliche Firmware zurück: plugsmith restore.",
    "{0} bytes are not correct yet": "{0} Bytes stimmen noch nicht",
    "The flash does not keep what is written: 0x{0} to 0x{1} stays wrong.":
      "Der Flash behält nicht, was geschrieben wird: 0x{0} bis 0x{1} bleibt falsch.",
    "{0} bytes are wrong, the rest is correct; the plug does not boot":
      "{0} Bytes sind falsch, der Rest stimmt; der Stecker startet nicht",
    "Check the supply under load and try again. If the same place stays wrong, the flash is worn out or write-protected.":
      "Prüfen Sie die Versorgung unter Last und versuchen Sie es erneut. Bleibt dieselbe Stelle falsch, ist der Flash verschlissen oder schreibgeschützt.",
    Erase: "Löschen",
    "Restore the backup": "Die Sicherung zurückschreiben",
    "Cannot erase {0} bytes at {1}: the range must consist of whole sectors of {2} bytes within the flash.":
      "{0} Bytes ab {1} lassen sich nicht löschen: Der Bereich muss aus ganzen Sektoren zu {2} Bytes innerhalb des Flashs bestehen.",
    "Round the range to whole sectors.": "Runden Sie den Bereich auf ganze Sektoren.",
    Verify: "Prüfen",
    "{0} bytes are correct, MD5 {1}": "{0} Bytes stimmen, MD5 {1}",
    "If the flash should contain this image, write it. Data that is already correct is not written again.":
      "Soll dieses Image im Flash stehen, schreiben Sie es. Was schon richtig ist, wird nicht noch einmal geschrieben.",
    "An image cannot start at {0}: the offset must be a multiple of 4 within the flash.":
      "Ein Image kann nicht bei {0} beginnen: Der Offset muss ein Vielfaches von 4 innerhalb des Flashs sein.",
    "Choose another offset. Firmware for this chip starts at 0.":
      "Wählen Sie einen anderen Offset. Firmware für diesen Chip beginnt bei 0.",
    "{0} bytes at 0x{1} do not fit into a flash of {2} bytes.":
      "{0} Bytes ab 0x{1} passen nicht in einen Flash von {2} Bytes.",
    "Choose an image that fits, or another offset.": "Wählen Sie ein Image, das passt, oder einen anderen Offset.",
    "The image header would state {0} of flash, but this flash has {1} bytes.":
      "Der Kopf des Images würde {0} Flash angeben, dieser Flash hat aber {1} Bytes.",
    "Choose the real size of the flash.": "Wählen Sie die wirkliche Größe des Flashs.",
    "flash untouched by the change of rate": "Flash vom Wechsel der Rate unberührt",
    "Switch the power off and on while you hold the button (GPIO0 to GND). plugsmith then tries a lower rate.":
      "Schalten Sie die Versorgung aus und ein und halten Sie dabei den Taster gedrückt (GPIO0 an GND). plugsmith versucht dann eine niedrigere Rate.",
    "A command to a stub that another tool had started was corrupted on the serial line, and the stub took it for a write.":
      "Ein Befehl an einen Stub, den ein anderes Programm gestartet hatte, wurde auf der seriellen Leitung verfälscht, und der Stub hielt ihn für einen Schreibbefehl.",
    "the flash may have changed, most likely in its last sector; plugsmith did nothing more":
      "der Flash hat sich vielleicht geändert, am ehesten im letzten Sektor; plugsmith hat nichts weiter getan",
    "Switch the power off and on while you hold the button (GPIO0 to GND), so that plugsmith's own stub runs. Then compare the flash with a backup if you have one.":
      "Schalten Sie die Versorgung aus und ein und halten Sie dabei den Taster gedrückt (GPIO0 an GND), damit plugsmiths eigener Stub läuft. Vergleichen Sie dann den Flash mit einer Sicherung, falls Sie eine haben.",
    "The chip refused {0}: {1}.": "Der Chip hat {0} abgelehnt: {1}.",
    "The chip did not answer {0}.": "Der Chip hat auf {0} nicht geantwortet.",
    "The chip restarted: the boot ROM answers instead of the stub.":
      "Der Chip ist neu gestartet: Statt des Stubs antwortet das Boot-ROM.",
    "Check the supply: a voltage drop restarts the chip. Then run the same command again. It continues from what is already verified.":
      "Prüfen Sie die Versorgung: Ein Spannungseinbruch startet den Chip neu. Geben Sie denselben Befehl dann erneut. Er macht bei dem weiter, was schon geprüft ist.",
    "Neither the boot ROM nor a stub answered.": "Weder das Boot-ROM noch ein Stub hat geantwortet.",
    "Last signal from the chip: {0}": "Letztes Signal vom Chip: {0}",
    "Hold the button (GPIO0 to GND) while the plug gets its 3.3 V. Check that RX and TX are crossed and that both grounds are connected. Then try again.":
      "Halten Sie den Taster gedrückt (GPIO0 an GND), während der Stecker seine 3,3 V bekommt. Prüfen Sie, ob RX und TX gekreuzt und beide GND verbunden sind. Versuchen Sie es dann erneut.",
    "Then try again.": "Versuchen Sie es dann erneut.",
    "The chip's efuses do not contain a valid MAC address.":
      "Die eFuses des Chips enthalten keine gültige MAC-Adresse.",
    "Check the wires and try again. plugsmith does not change a chip whose efuses it cannot read.":
      "Prüfen Sie die Litzen und versuchen Sie es erneut. Einen Chip, dessen eFuses es nicht lesen kann, ändert plugsmith nicht.",
    "The chip's identification differs from the first reading.":
      "Die Kennung des Chips weicht von der ersten Lesung ab.",
    "The chip's identification is different each time it is read.":
      "Die Kennung des Chips ist bei jeder Lesung anders.",
    "Use shorter wires, check the ground connection, and try again. plugsmith does not change a chip that it cannot identify.":
      "Nehmen Sie kürzere Litzen, prüfen Sie die GND-Verbindung und versuchen Sie es erneut. Einen Chip, den es nicht erkennt, ändert plugsmith nicht.",
    "The flash does not identify itself (ID 0x{0}).": "Der Flash gibt sich nicht zu erkennen (ID 0x{0}).",
    "Switch the power off and on. If it stays like this, something on the board blocks the flash's pins.":
      "Schalten Sie die Versorgung aus und ein. Bleibt es so, blockiert etwas auf der Platine die Pins des Flashs.",
    "This is not an ESP8266 or ESP8285: its ROM contains 0x{0} instead of 0x{1}.":
      "Das ist kein ESP8266 oder ESP8285: Sein ROM enthält 0x{0} statt 0x{1}.",
    "The chip is of the type {0}. plugsmith supports the ESP8266 and the ESP8285.":
      "Der Chip ist vom Typ {0}. plugsmith unterstützt den ESP8266 und den ESP8285.",
    "Use the chip maker's tool. Plugs that are sold under one name can contain different chips.":
      "Nehmen Sie das Werkzeug des Chipherstellers. Stecker, die unter einem Namen verkauft werden, können verschiedene Chips enthalten.",
    "Reading {0} bytes of flash failed: {1}.": "Das Lesen von {0} Bytes aus dem Flash ist gescheitert: {1}.",
    "the stub's MD5 differs": "die MD5-Prüfsumme des Stubs weicht ab",
    "the data does not end": "die Daten hören nicht auf",
    "the stub's MD5 digest is damaged": "die MD5-Prüfsumme des Stubs ist beschädigt",
    "a packet has {0} bytes instead of {1}": "ein Paket hat {0} statt {1} Bytes",
    "the stub stopped answering": "der Stub antwortet nicht mehr",
    "plugsmith cannot reset the chip over these wires.":
      "Über diese Litzen kann plugsmith den Chip nicht zurücksetzen.",
    "the stub is still running; the flash is as it was verified":
      "der Stub läuft noch; der Flash ist so, wie er geprüft wurde",
    "Let go of the button (GPIO0), then switch the 3.3 V off and on.":
      "Lassen Sie den Taster los (GPIO0), dann schalten Sie die 3,3 V aus und ein.",
    "The flasher stub does not start in the chip's memory.": "Der Flasher-Stub startet nicht im Speicher des Chips.",
    "Use shorter wires and check the ground connection. Then switch the power off and on while you hold the button (GPIO0 to GND).":
      "Nehmen Sie kürzere Litzen und prüfen Sie die GND-Verbindung. Schalten Sie dann die Versorgung aus und ein und halten Sie dabei den Taster gedrückt (GPIO0 an GND).",
    "The flasher stub is not the version that plugsmith was tested with: ERASE_FLASH occurs {0} times in it.":
      "Der Flasher-Stub ist nicht die Version, mit der plugsmith getestet wurde: ERASE_FLASH kommt {0}-mal darin vor.",
    "Report this. plugsmith has to be tested with this version of the esptool-js package first.":
      "Melden Sie das. plugsmith muss erst mit dieser Version des Pakets esptool-js getestet werden.",
    "The stub did not send its greeting after the start.": "Der Stub hat nach dem Start keine Begrüßung gesendet.",
    "The plug at {0} is {1}, not {2}.": "Der Stecker unter {0} ist {1}, nicht {2}.",
    "Search for the plug with `plugsmith find`.": "Suchen Sie den Stecker mit `plugsmith find`.",
    "The device at {0} is not running Tasmota.": "Auf dem Gerät unter {0} läuft kein Tasmota.",
    "The plug at {0} did not answer.": "Der Stecker unter {0} hat nicht geantwortet.",
    unchanged: "unverändert",
    "Check that the plug has power and is reachable, then try again.":
      "Prüfen Sie, ob der Stecker Strom hat und erreichbar ist, und versuchen Sie es erneut.",
    "The address of the plug {0} was never confirmed. Only the network says that it is {1}.":
      "Die Adresse des Steckers {0} wurde nie bestätigt. Nur das Netzwerk sagt, dass sie {1} ist.",
    "The plug {0} was last confirmed at {1}.": "Der Stecker {0} wurde zuletzt unter {1} bestätigt.",
    "The plug {0} was last confirmed at {1}. Now {2} answers in its place.":
      "Der Stecker {0} wurde zuletzt unter {1} bestätigt. Jetzt antwortet {2} an seiner Stelle.",
    "The network interface at {0} has the MAC address {1}, which is not the plug's.":
      "Die Netzwerkschnittstelle unter {0} hat die MAC-Adresse {1}, und das ist nicht die des Steckers.",
    "The network interface at {0} has the plug's MAC address, but another device can imitate it.":
      "Die Netzwerkschnittstelle unter {0} hat die MAC-Adresse des Steckers, aber ein anderes Gerät kann sie nachahmen.",
    "If the plug is at this address, confirm it: run the command with --plug {0} --address {1}, or run it in a terminal and answer yes.":
      "Ist der Stecker unter dieser Adresse, bestätigen Sie es: Geben Sie den Befehl mit --plug {0} --address {1}, oder in einem Terminal, und antworten Sie mit Ja.",
    "Is that your plug? The device at that address receives its password.":
      "Ist das Ihr Stecker? Das Gerät unter dieser Adresse bekommt sein Passwort.",
    "Yes, the plug is at {0}": "Ja, der Stecker ist unter {0}",
    "No, or I am not sure: send nothing": "Nein, oder ich bin nicht sicher: nichts senden",
    "Check in the router's device list which device has this address.":
      "Sehen Sie in der Geräteliste des Routers nach, welches Gerät diese Adresse hat.",
    "No password was sent.": "Es wurde kein Passwort gesendet.",
    "these settings did not stay: {0}": "diese Einstellungen blieben nicht erhalten: {0}",
    "MQTT is switched off on this plug (SetOption3 0), so it does not know these commands: {0}.":
      "MQTT ist auf diesem Stecker ausgeschaltet (SetOption3 0), deshalb kennt er diese Befehle nicht: {0}.",
    "partly configured": "teilweise konfiguriert",
    "Send `SetOption3 1` (it restarts the plug), then run the same command again. Or leave out these settings.":
      "Senden Sie `SetOption3 1` (das startet den Stecker neu) und geben Sie denselben Befehl erneut. Oder lassen Sie diese Einstellungen weg.",
    "{0} is missing (expected {1})": "{0} fehlt (erwartet: {1})",
    "{0} is {1} instead of {2}": "{0} ist {1} statt {2}",
    "The plug did not accept these settings: {0}.": "Der Stecker hat diese Einstellungen nicht übernommen: {0}.",
    "Run the same command again. If the error stays, shorten the names: all texts of the plug share 699 bytes.":
      "Geben Sie denselben Befehl erneut. Bleibt der Fehler, kürzen Sie die Namen: Alle Texte des Steckers teilen sich 699 Bytes.",
    "{0} is not reported (expected {1}; {2})": "{0} wird nicht gemeldet (erwartet: {1}; {2})",
    "{0} is {1} instead of {2} ({3})": "{0} ist {1} statt {2} ({3})",
    "The plug's settings are not as expected: {0}.": "Die Einstellungen des Steckers sind nicht wie erwartet: {0}.",
    "running, but not configured as expected": "läuft, ist aber nicht wie erwartet konfiguriert",
    "Run `setup` again. It changes only what differs.": "Starten Sie `setup` erneut. Es ändert nur, was abweicht.",
    "The plug at {0} does not accept commands over HTTP (WebServer is set to user mode).":
      "Der Stecker unter {0} nimmt über HTTP keine Befehle an (WebServer steht auf Benutzermodus).",
    "Send `WebServer 2` over the serial console or MQTT.":
      "Senden Sie `WebServer 2` über die serielle Konsole oder MQTT.",
    "The plug at {0} answered {1}, but the answer is not usable: {2}.":
      "Der Stecker unter {0} hat auf {1} geantwortet, die Antwort ist aber nicht brauchbar: {2}.",
    "The plug at {0} did not answer {1}: {2}.": "Der Stecker unter {0} hat auf {1} nicht geantwortet: {2}.",
    "unchanged, or the command was carried out": "unverändert, oder der Befehl wurde ausgeführt",
    "the command may have been carried out": "der Befehl wurde vielleicht ausgeführt",
    "Try again. If the error stays, one of the plug's texts (name, topic, switch topic) may contain a character that breaks its answers. Set them to plain letters.":
      "Versuchen Sie es erneut. Bleibt der Fehler, enthält vielleicht einer der Texte des Steckers (Name, Topic, Switch-Topic) ein Zeichen, das seine Antworten verdirbt. Nehmen Sie dafür nur Buchstaben.",
    "The firmware does not know the command {0}.": "Die Firmware kennt den Befehl {0} nicht.",
    "The firmware rejected the value of the command {0}.": "Die Firmware lehnt den Wert des Befehls {0} ab.",
    "The firmware rejected the command {0}: it is empty or too long.":
      "Die Firmware lehnt den Befehl {0} ab: Er ist leer oder zu lang.",
    "Check the value.": "Prüfen Sie den Wert.",
    "Check whether MQTT is switched off (`SetOption3`). If it is, the plug does not know MQTT commands until you send `SetOption3 1`.":
      "Prüfen Sie, ob MQTT ausgeschaltet ist (`SetOption3`). Dann kennt der Stecker keine MQTT-Befehle, bis Sie `SetOption3 1` senden.",
    "Check the spelling. Check also that the firmware and the template support the command: metering commands need a metering template.":
      "Prüfen Sie die Schreibweise. Prüfen Sie auch, ob Firmware und Template den Befehl unterstützen: Messbefehle brauchen ein Template mit Energiemessung.",
    "The plug at {0} requires its web password, or rejected the one given.":
      "Der Stecker unter {0} verlangt sein Web-Passwort, oder er hat das angegebene abgelehnt.",
    "Give the web password. If it is lost, hold the plug's button for 40 s: that resets the plug.":
      "Geben Sie das Web-Passwort an. Ist es verloren, halten Sie die Taste des Steckers 40 s lang: Das setzt ihn zurück.",
    "The plug at {0} does not report its MAC address.": "Der Stecker unter {0} meldet seine MAC-Adresse nicht.",
    "Check that it runs Tasmota 9 or later.": "Prüfen Sie, ob auf ihm Tasmota 9 oder neuer läuft.",
    "the answer is incomplete or damaged": "die Antwort ist unvollständig oder beschädigt",
    "the plug echoed the command but sent no result":
      "der Stecker hat den Befehl wiederholt, aber kein Ergebnis gesendet",
    "the plug did not echo the command": "der Stecker hat den Befehl nicht wiederholt",
    "This image is plugsmith's simulated firmware for virtual plugs. It does not run on a real chip.":
      "Dieses Image ist plugsmiths nachgebildete Firmware für virtuelle Stecker. Auf einem echten Chip läuft es nicht.",
    "Give a real tasmota.bin with --firmware, or use --release latest.":
      "Geben Sie mit --firmware eine echte tasmota.bin an, oder nehmen Sie --release latest.",
    '"{0}" is not a usable address range.': "„{0}“ ist kein brauchbarer Adressbereich.",
    'Write it as "192.168.1.0/24" (/22 at most) or "192.168.1.10-192.168.1.50".':
      "Schreiben Sie ihn als „192.168.1.0/24“ (höchstens /22) oder „192.168.1.10-192.168.1.50“.",
    '"{0}" is not completely within a local network.': "„{0}“ liegt nicht ganz in einem lokalen Netz.",
    "plugsmith searches only in local networks, for example 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16.":
      "plugsmith sucht nur in lokalen Netzen, zum Beispiel 10.0.0.0/8, 172.16.0.0/12 und 192.168.0.0/16.",
    "Searching {0} addresses for plugs.": "{0} Adressen werden nach Steckern abgesucht.",
    "in the network, at another address": "im Netz, unter einer anderen Adresse",
    "Search for it with `find`.": "Suchen Sie ihn mit `find`.",
    "The plug {0} does not answer at {1}.": "Der Stecker {0} antwortet nicht unter {1}.",
    "in the Wi-Fi network, as it reported itself": "im WLAN, nach eigener Meldung",
    "Check that this computer is in the same network, and that the router lets its devices talk to each other (guest networks do not). Then run the same command again.":
      "Prüfen Sie, ob dieser Computer im selben Netz ist und ob der Router seine Geräte miteinander sprechen lässt (Gastnetze tun das nicht). Geben Sie denselben Befehl dann erneut.",
    "no answer in time": "keine Antwort innerhalb der Wartezeit",
    "no connection": "keine Verbindung",
    "the answer was empty, as it is in the first seconds after a start":
      "die Antwort war leer, wie in den ersten Sekunden nach einem Start",
    "the answer belongs to another command": "die Antwort gehört zu einem anderen Befehl",
    'The plug reports about "{0}": {1}.': "Der Stecker meldet zu „{0}“: {1}.",
    "The plug tries again.": "Der Stecker versucht es erneut.",
    'The plug did not report whether it joined "{0}".': "Der Stecker hat nicht gemeldet, ob er „{0}“ beigetreten ist.",
    "the credentials were sent to it": "die Zugangsdaten wurden an ihn gesendet",
    "the credentials were sent to it; its last known address is {0}":
      "die Zugangsdaten wurden an ihn gesendet; seine letzte bekannte Adresse ist {0}",
    "Check the supply (Wi-Fi needs 300 mA and more at 3.3 V) and the wires. Then search for the plug with `find`.":
      "Prüfen Sie die Versorgung (WLAN braucht 300 mA und mehr bei 3,3 V) und die Litzen. Suchen Sie den Stecker dann mit `find`.",
    "The plug's answer does not contain a number for {0}.": "Die Antwort des Steckers enthält keine Zahl für {0}.",
    "Check that the plug runs a Tasmota build with energy metering (not lite, minimal, ir or display).":
      "Prüfen Sie, ob auf dem Stecker eine Tasmota-Variante mit Energiemessung läuft (nicht lite, minimal, ir oder display).",
    "The plug reports no energy readings.": "Der Stecker meldet keine Messwerte.",
    "Check that the template includes a metering chip and that the firmware supports metering (tasmota, not tasmota-lite).":
      "Prüfen Sie, ob das Template einen Messchip enthält und die Firmware Energiemessung unterstützt (tasmota, nicht tasmota-lite).",
    "The plug reports power, but neither voltage nor current.":
      "Der Stecker meldet die Leistung, aber weder Spannung noch Strom.",
    "The template does not include the CF1 or SEL pin. Apply the device's full template first.":
      "Das Template enthält den Pin CF1 oder SEL nicht. Übernehmen Sie zuerst das vollständige Template des Geräts.",
    "The plug does not know the command {0}.": "Der Stecker kennt den Befehl {0} nicht.",
    "Use a build with metering and apply the device's template first: metering commands exist only with it.":
      "Nehmen Sie eine Variante mit Energiemessung und übernehmen Sie zuerst das Template des Geräts: Nur damit gibt es die Messbefehle.",
    "{0} was set to {1}, but the plug reports {2}.": "{0} wurde auf {1} gesetzt, der Stecker meldet aber {2}.",
    "{0} is {1}": "{0} ist {1}",
    "Run calibrate --undo to restore the previous constants, then try again.":
      "Stellen Sie mit calibrate --undo die vorigen Konstanten wieder her und versuchen Sie es erneut.",
    "{0} could not be set to {1}.": "{0} ließ sich nicht auf {1} setzen.",
    "Check that no rule or other program changes the plug's settings at the same time.":
      "Prüfen Sie, ob eine Regel oder ein anderes Programm gleichzeitig die Einstellungen des Steckers ändert.",
    "The relay did not switch on.": "Das Relais hat nicht eingeschaltet.",
    "The relay did not switch off.": "Das Relais hat nicht ausgeschaltet.",
    "Check PulseTime, rules and MaxPower: they can switch the relay.":
      "Prüfen Sie PulseTime, Regeln und MaxPower: Sie können das Relais schalten.",
    "The template names an HLW8012 (component 2688), but this calibration is for the BL0937 (component 2720).":
      "Das Template nennt einen HLW8012 (Komponente 2688), diese Kalibrierung ist aber für den BL0937 (Komponente 2720).",
    "If the plug contains a BL0937, correct the template. With the wrong chip, all constants would be wrong.":
      "Enthält der Stecker einen BL0937, berichtigen Sie das Template. Mit dem falschen Chip wären alle Konstanten falsch.",
    "SaveData is off: the plug would lose its new constants at the next power cut.":
      "SaveData ist aus: Der Stecker würde seine neuen Konstanten beim nächsten Stromausfall verlieren.",
    "Send SaveData 1 to the plug, then calibrate again.":
      "Senden Sie SaveData 1 an den Stecker und kalibrieren Sie erneut.",
    "no answer on its MQTT topics": "keine Antwort auf seinen MQTT-Topics",
    "The plug at {0} requires its web password.": "Der Stecker unter {0} verlangt sein Web-Passwort.",
    'Connect this computer to the open Wi-Fi network "tasmota-{0}-…". Stay in it, although it has no internet access.':
      "Verbinden Sie diesen Computer mit dem offenen WLAN „tasmota-{0}-…“. Bleiben Sie darin, obwohl es keinen Internetzugang hat.",
    "Connect this computer to your own network again.": "Verbinden Sie diesen Computer wieder mit Ihrem eigenen Netz.",
    "Several plugs offer an access point. Which one do you mean?":
      "Mehrere Stecker bieten einen Access Point an. Welchen meinen Sie?",
    "No open access point of a Tasmota plug was found.":
      "Es wurde kein offener Access Point eines Tasmota-Steckers gefunden.",
    "unknown; not found": "unbekannt; nicht gefunden",
    "Check that the plug has power and is nearby. If it already had Wi-Fi credentials, press its button six times quickly: it then opens its access point.":
      "Prüfen Sie, ob der Stecker Strom hat und in der Nähe ist. Hatte er schon WLAN-Zugangsdaten, drücken Sie seine Taste sechsmal schnell: Dann öffnet er seinen Access Point.",
    "The plug does not report its MAC address.": "Der Stecker meldet seine MAC-Adresse nicht.",
    "This access point belongs to the plug {0}, not to {1}.":
      "Dieser Access Point gehört zum Stecker {0}, nicht zu {1}.",
    "Switch the other plug off, then try again.": "Schalten Sie den anderen Stecker aus und versuchen Sie es erneut.",
    "the plug's web page did not answer": "die Webseite des Steckers hat nicht geantwortet",
    "the plug's access point is out of range": "der Access Point des Steckers ist außer Reichweite",
    'The plug reports about "{0}": {1}. It tries again.': "Der Stecker meldet zu „{0}“: {1}. Er versucht es erneut.",
    "Move the plug closer to the router and check the password before you try again. After a second time-out in a row, the plug keeps the credentials untested.":
      "Bringen Sie den Stecker näher an den Router und prüfen Sie das Passwort, bevor Sie es erneut versuchen. Nach einer zweiten Zeitüberschreitung in Folge behält der Stecker die Zugangsdaten ungeprüft.",
    "Check the password and move the plug closer to the router before you try again. If the router does not answer in time twice in a row, the plug keeps the credentials untested.":
      "Prüfen Sie das Passwort und bringen Sie den Stecker näher an den Router, bevor Sie es erneut versuchen. Antwortet der Router zweimal in Folge nicht rechtzeitig, behält der Stecker die Zugangsdaten ungeprüft.",
    "Tasmota does not answer on the serial line.": "Tasmota antwortet nicht auf der seriellen Leitung.",
    "unknown; no firmware detected": "unbekannt; keine Firmware erkannt",
    "Let go of the button (GPIO0), then switch the power off and on. If nothing changes, check that TX and RX are not swapped.":
      "Lassen Sie den Taster los (GPIO0), dann schalten Sie die Versorgung aus und ein. Ändert sich nichts, prüfen Sie, ob TX und RX vertauscht sind.",
    "Connect the other plug, then run the command again.":
      "Schließen Sie den anderen Stecker an und geben Sie den Befehl erneut.",
    "unknown error": "unbekannter Fehler",
    "The plug does not answer in the Improv protocol.": "Der Stecker antwortet nicht im Improv-Protokoll.",
    "running Tasmota, not in a network": "Tasmota läuft, in keinem Netz",
    "Use the serial console or the access point as the transport. This image may not support Improv.":
      "Nehmen Sie die serielle Konsole oder den Access Point als Übertragungsweg. Dieses Image unterstützt Improv vielleicht nicht.",
    "another transport is needed": "ein anderer Übertragungsweg ist nötig",
    'The transport "{0}" needs a serial port.': "Der Übertragungsweg „{0}“ braucht einen seriellen Port.",
    "Name the port, or leave out the transport.": "Nennen Sie den Port, oder lassen Sie den Übertragungsweg weg.",
    "the plug did not confirm the credentials": "der Stecker hat die Zugangsdaten nicht bestätigt",
    "The plug received a password that differs from the one sent.":
      "Der Stecker hat ein anderes Passwort empfangen als das gesendete.",
    "The plug received a network name that differs from the one sent.":
      "Der Stecker hat einen anderen Netzwerknamen empfangen als den gesendeten.",
    "running Tasmota, credentials unknown": "Tasmota läuft, Zugangsdaten unbekannt",
    "Check the wires (interference damages characters), or use the plug's access point.":
      "Prüfen Sie die Litzen (Störungen verfälschen Zeichen), oder nehmen Sie den Access Point des Steckers.",
    "Invalid Wi-Fi network: {0}.": "Ungültiges WLAN: {0}.",
    "Correct the Wi-Fi name or password.": "Berichtigen Sie Name oder Passwort des WLANs.",
    'These credentials cannot be sent with the transport "{0}": {1}.':
      "Diese Zugangsdaten lassen sich nicht auf dem Weg „{0}“ übertragen: {1}.",
    "Leave out the transport (setup --transport), or use one of these: {0}.":
      "Lassen Sie den Übertragungsweg weg (setup --transport), oder nehmen Sie einen von diesen: {0}.",
    "Change the router's network name or password.": "Ändern Sie am Router den Netzwerknamen oder das Passwort.",
    'The plug could not join "{0}": {1}.': "Der Stecker konnte „{0}“ nicht beitreten: {1}.",
    "web password: {0}": "Web-Passwort: {0}",
    "These settings are not valid for a plug: {0}.": "Diese Einstellungen sind für einen Stecker nicht gültig: {0}.",
    "Correct the settings, then run the command again. If you give no web password, plugsmith generates one.":
      "Berichtigen Sie die Einstellungen und geben Sie den Befehl erneut. Geben Sie kein Web-Passwort an, erzeugt plugsmith eines.",
    "The plug's answer to `Status 11` does not contain its uptime.":
      "Die Antwort des Steckers auf `Status 11` enthält keine Laufzeit.",
    "Update the plug's firmware. plugsmith supports Tasmota 9.0 and later.":
      "Aktualisieren Sie die Firmware des Steckers. plugsmith unterstützt Tasmota ab 9.0.",
    "The plug restarts repeatedly.": "Der Stecker startet immer wieder neu.",
    "running for {0} s": "läuft seit {0} s",
    "Check the supply: Wi-Fi needs more current than many serial adapters supply (300 mA and more).":
      "Prüfen Sie die Versorgung: WLAN braucht mehr Strom, als viele serielle Adapter liefern (300 mA und mehr).",
    "The plug at {0} did not come back after a restart.": "Der Stecker unter {0} kam nach einem Neustart nicht zurück.",
    "restarting, or in another network": "startet neu, oder ist in einem anderen Netz",
    "Wait a minute. Check the plug's LED and the router's device list, then run the same command again.":
      "Warten Sie eine Minute. Prüfen Sie die LED des Steckers und die Geräteliste des Routers, dann geben Sie denselben Befehl erneut.",
    "All texts of the plug share {0} bytes. The password is {1} bytes too long for what is left.":
      "Alle Texte des Steckers teilen sich {0} Bytes. Das Passwort ist {1} Bytes zu lang für den Rest.",
    "Shorten the plug's names or MQTT texts.": "Kürzen Sie die Namen oder MQTT-Texte des Steckers.",
    "MQTT on this plug is not encrypted: anyone who can read the network traffic sees its user name and password. Use a separate MQTT user with few permissions.":
      "MQTT ist auf diesem Stecker nicht verschlüsselt: Wer den Netzwerkverkehr mitlesen kann, sieht Benutzername und Passwort. Nehmen Sie einen eigenen MQTT-Benutzer mit wenigen Rechten.",
    "Without the password, the plug still answers: {0}.": "Ohne Passwort antwortet der Stecker noch hier: {0}.",
    "password set, but not everything is protected by it": "Passwort gesetzt, es schützt aber nicht alles",
    "Update the firmware and run `secure` again. Do not leave the plug in a network that strangers use.":
      "Aktualisieren Sie die Firmware und starten Sie `secure` erneut. Lassen Sie den Stecker nicht in einem Netz, das Fremde benutzen.",
    "The plug rejected the settings backup.": "Der Stecker hat die Sicherung der Einstellungen abgelehnt.",
    "Check that the backup is from this kind of plug and firmware. Restart the plug: until then, it accepts uploads without a password.":
      "Prüfen Sie, ob die Sicherung von dieser Art Stecker und Firmware ist. Starten Sie den Stecker neu: Bis dahin nimmt er Uploads ohne Passwort an.",
    "Stopped on request.": "Auf Wunsch abgebrochen.",
    'Password of "{0}" (empty for an open network):': "Passwort von „{0}“ (leer bei einem offenen Netz):",
    "Invalid password: {0}.": "Ungültiges Passwort: {0}.",
    "Invalid network name: {0}.": "Ungültiger Netzwerkname: {0}.",
    "Name of the Wi-Fi network (empty to cancel):": "Name des WLANs (leer: abbrechen):",
    "Correct name of the Wi-Fi network (empty to cancel):": "Richtiger Name des WLANs (leer: abbrechen):",
    "Network name [{0}], Enter keeps it, Ctrl-C cancels:":
      "Netzwerkname [{0}], Eingabetaste behält ihn, Strg-C bricht ab:",
    "Which Tasmota do you want to write?": "Welches Tasmota soll geschrieben werden?",
    "The latest official release, downloaded now from GitHub":
      "Die neueste offizielle Version, jetzt von GitHub geladen",
    "A file on this computer": "Eine Datei auf diesem Computer",
    "Path of the image:": "Pfad des Images:",
    "What do you want to compare the plug's meter with, when the plug is closed and at mains?":
      "Womit soll die Messung des Steckers verglichen werden, wenn er geschlossen und an Netzspannung ist?",
    "A multimeter for the voltage, and a heater or kettle with its watts on the label":
      "Ein Multimeter für die Spannung, und ein Heizgerät oder Wasserkocher mit Wattangabe auf dem Typenschild",
    "A power meter that shows watts": "Ein Leistungsmesser, der Watt anzeigt",
    "Another plug that is already calibrated, in the same circuit":
      "Ein anderer, schon kalibrierter Stecker im selben Stromkreis",
    "Nothing now; calibrate later": "Jetzt nichts; später kalibrieren",
    "The multimeter's accuracy for AC volts, as in its data sheet, for example \"0.8 % + 3 digits\". Press Enter if you don't know: plugsmith then assumes {0} %, and the certificate says so:":
      "Genauigkeit des Multimeters bei AC-Volt, wie im Datenblatt, zum Beispiel „0,8 % + 3 Digits“. Eingabetaste, wenn Sie es nicht wissen: Dann nimmt plugsmith {0} % an, und das Zertifikat sagt es:",
    "Watts on the load's label:": "Watt auf dem Typenschild der Last:",
    "Volts on the load's label (the middle of a range):": "Volt auf dem Typenschild der Last (Mitte eines Bereichs):",
    'The power meter\'s accuracy for watts, as in its data sheet, for example "0.8 % + 3 digits":':
      "Genauigkeit des Leistungsmessers bei Watt, wie im Datenblatt, zum Beispiel „0,8 % + 3 Digits“:",
    "Its address: tasmota:HOST, shelly1:HOST or shelly2:HOST":
      "Seine Adresse: tasmota:HOST, shelly1:HOST oder shelly2:HOST",
    '"{0}" is not a number greater than 0.': "„{0}“ ist keine Zahl größer als 0.",
    '"{0}" does not name a plug.': "„{0}“ nennt keinen Stecker.",
    "Wi-Fi: {0}": "WLAN: {0}",
    "Use the same settings as for the last plug?": "Dieselben Einstellungen wie beim letzten Stecker?",
    "Yes, all of it": "Ja, alle",
    "No, ask me": "Nein, fragen",
    "Tasmota: the latest official release, downloaded now from GitHub":
      "Tasmota: die neueste offizielle Version, jetzt von GitHub geladen",
    "Tasmota: the file {0}": "Tasmota: die Datei {0}",
    "Calibration: a multimeter ({0}) and a load of {1} W at {2} V":
      "Kalibrierung: ein Multimeter ({0}) und eine Last mit {1} W bei {2} V",
    "Calibration: a power meter ({0})": "Kalibrierung: ein Leistungsmesser ({0})",
    "Calibration: the plug {0}": "Kalibrierung: der Stecker {0}",
    "Calibration: later": "Kalibrierung: später",
    "No job can be started because plugsmith is closing.":
      "Es kann kein Auftrag gestartet werden, weil plugsmith gerade beendet wird.",
    "Start plugsmith again.": "Starten Sie plugsmith neu.",
    "This is a bug in plugsmith.": "Das ist ein Fehler in plugsmith.",
    "Run the command again. It does not repeat steps that are recorded as done. Then report the bug.":
      "Geben Sie den Befehl erneut. Was als erledigt aufgezeichnet ist, wird nicht wiederholt. Melden Sie dann den Fehler.",
    "These ports are only used if you name them with --port: {0}.":
      "Diese Ports werden nur benutzt, wenn Sie sie mit --port nennen: {0}.",
    "No USB serial adapter is connected (FTDI, Silicon Labs CP210x, WCH CH340, Prolific or similar).":
      "Es ist kein serieller USB-Adapter angeschlossen (FTDI, Silicon Labs CP210x, WCH CH340, Prolific oder ähnlich).",
    "There are no other ports.": "Es gibt keine anderen Ports.",
    "These ports exist: {0}.": "Es gibt diese Ports: {0}.",
    "There is no serial port {0} yet.": "Den seriellen Port {0} gibt es noch nicht.",
    "{0} appeared as {1}, not as {2}. If it is the right adapter, press Ctrl-C and run the command again with --port {3}.":
      "{0} ist als {1} erschienen, nicht als {2}. Ist es der richtige Adapter, drücken Sie Strg-C und geben Sie den Befehl erneut mit --port {3}.",
    "Press Ctrl-C to stop waiting.": "Strg-C beendet das Warten.",
    "plugsmith waits for {0} s. Press Ctrl-C to stop waiting.": "plugsmith wartet {0} s. Strg-C beendet das Warten.",
    "Wait for the adapter": "Auf den Adapter warten",
    "Still waiting for the adapter. Is its LED on? Many cables only charge and carry no data. Try another cable and another USB socket.":
      "Es wird weiter auf den Adapter gewartet. Leuchtet seine LED? Viele Kabel laden nur und übertragen keine Daten. Versuchen Sie ein anderes Kabel und eine andere USB-Buchse.",
    "{0} at {1}": "{0} bei {1}",
    "Some programs check every new port for a while. plugsmith tries again for {0} s.":
      "Manche Programme prüfen jeden neuen Port eine Weile. plugsmith versucht es {0} s lang erneut.",
    "Stopped while waiting for an adapter.": "Beim Warten auf einen Adapter abgebrochen.",
    "Run the command again when you have the adapter. plugsmith ports lists the ports.":
      "Geben Sie den Befehl erneut, wenn Sie den Adapter haben. plugsmith ports zeigt die Ports.",
    "No USB serial adapter was connected within {0} s.":
      "Innerhalb von {0} s wurde kein serieller USB-Adapter angeschlossen.",
    "The serial port {0} did not appear within {1} s.":
      "Der serielle Port {0} ist nicht innerhalb von {1} s erschienen.",
    "Check the cable (many only charge) and the adapter's driver. plugsmith ports lists the ports.":
      "Prüfen Sie das Kabel (viele laden nur) und den Treiber des Adapters. plugsmith ports zeigt die Ports.",
    "Several adapters are connected: {0}.": "Mehrere Adapter sind angeschlossen: {0}.",
    "Choose one with --port.": "Wählen Sie einen mit --port.",
    "Follow that advice, then try again.": "Folgen Sie diesem Rat und versuchen Sie es erneut.",
    "No USB serial adapter is connected.": "Es ist kein serieller USB-Adapter angeschlossen.",
    "Connect one, or try the virtual plug: --port sim:":
      "Schließen Sie einen an, oder probieren Sie den virtuellen Stecker: --port sim:",
    "A job is already running for the plug {0}: {1}.": "Für den Stecker {0} läuft schon ein Auftrag: {1}.",
    "as that job leaves it": "wie ihn dieser Auftrag hinterlässt",
    "Wait until that job ends, or stop it. Then try again.":
      "Warten Sie, bis dieser Auftrag endet, oder stoppen Sie ihn. Versuchen Sie es dann erneut.",
    "Another job ({0}) is using this computer's Wi-Fi. This job continues when the Wi-Fi is free.":
      "Ein anderer Auftrag ({0}) benutzt das WLAN dieses Computers. Dieser Auftrag macht weiter, wenn es frei ist.",
    'The question "{0}" needs an answer of the kind "{1}".': "Die Frage „{0}“ braucht eine Antwort der Art „{1}“.",
    'The question "{0}" needs a number.': "Die Frage „{0}“ braucht eine Zahl.",
    'The question "{0}" needs one of these answers: {1}.': "Die Frage „{0}“ braucht eine dieser Antworten: {1}.",
    'The question "{0}" needs a text.': "Die Frage „{0}“ braucht einen Text.",
    "The question is still open. Answer it again.": "Die Frage ist noch offen. Beantworten Sie sie noch einmal.",
    "There is no question {0}.": "Es gibt keine Frage {0}.",
    "Check the open questions again.": "Sehen Sie die offenen Fragen noch einmal an.",
    "This question is closed: it is already answered, or the job no longer waits for an answer.":
      "Diese Frage ist geschlossen: Sie ist schon beantwortet, oder der Auftrag wartet nicht mehr auf eine Antwort.",
    "{0}. The virtual instrument shows {1}.": "{0}. Das virtuelle Messgerät zeigt {1}.",
    "The flash differs from the file. Sectors that differ: {0} ({1}).":
      "Der Flash weicht von der Datei ab. Abweichende Sektoren: {0} ({1}).",
    prepare: "vorbereiten",
    boot: "starten",
    provision: "ins Netz bringen",
    configure: "konfigurieren",
    secure: "absichern",
    audit: "prüfen, was eingestellt ist",
    calibrate: "kalibrieren",
    report: "Zertifikat schreiben",
    connect: "verbinden",
    identify: "Chip erkennen",
    "back up": "sichern",
    write: "schreiben",
    "close the case": "Gehäuse schließen",
    "check the device": "Gerät prüfen",
    check: "prüfen",
    download: "herunterladen",
    erase: "löschen",
    find: "suchen",
    finish: "abschließen",
    "inspect the image": "Image untersuchen",
    "keep settings": "Einstellungen aufbewahren",
    lock: "sperren",
    look: "nachsehen",
    minimal: "Minimalversion",
    "minimal-check": "Minimalversion prüfen",
    "minimal-doubt": "Minimalversion unklar",
    "minimal-restart": "Neustart mit der Minimalversion",
    "minimal-return": "Rückkehr der Minimalversion",
    "open the journal": "Journal öffnen",
    "open port": "Port öffnen",
    plan: "planen",
    "plan the upgrade": "Upgrade planen",
    "read a backup": "Sicherung lesen",
    rescue: "retten",
    restart: "neu starten",
    restore: "zurückschreiben",
    "restore settings": "Einstellungen wiederherstellen",
    "serve the image": "Image bereitstellen",
    "set up": "einrichten",
    settings: "Einstellungen",
    settle: "zur Ruhe kommen lassen",
    source: "Quelle",
    upgrade: "Upgrade",
    "upgrade-check": "Upgrade prüfen",
    "upgrade-doubt": "Upgrade unklar",
    "upgrade-restart": "Neustart nach dem Upgrade",
    "upgrade-return": "Rückkehr nach dem Upgrade",
    verify: "vergleichen",
    "whole-number steps of the meter": "ganzzahlige Stufen des Zählers",
    "The plug reads 0 {0}. Its meter sends no pulses for this quantity, so no constant can be computed.":
      "Der Stecker zeigt 0 {0}. Sein Messchip sendet für diese Größe keine Impulse, deshalb lässt sich keine Konstante berechnen.",
    "Switch on the relay and the load, and check that the template assigns the pins of the metering chip.":
      "Schalten Sie Relais und Last ein und prüfen Sie, ob das Template die Pins des Messchips zuordnet.",
    reference: "Referenz",
    "scatter of the readings": "Streuung der Messwerte",
    "{0} readings, standard deviation {1}": "{0} Messwerte, Standardabweichung {1}",
    "{0} and 1 µs of pulse period": "{0} und 1 µs der Impulsperiode",
    "rounding of the constant": "Runden der Konstante",
    "whole numbers only": "nur ganze Zahlen",
    "drift between reading and reference": "Drift zwischen Messwert und Referenz",
    "slope of the readings around the time of the reference": "Steigung der Messwerte um den Zeitpunkt der Referenz",
    "{0} would become {1}, which is {2} times the default of {3}. A BL0937 that works lies between {4} and {5} times.":
      "{0} würde {1}, das {2}-Fache der Voreinstellung {3}. Bei einem intakten BL0937 liegt der Wert zwischen dem {4}- und dem {5}-Fachen.",
    "Check the reference, the label of the load and the template. Then measure again.":
      "Prüfen Sie die Referenz, das Typenschild der Last und das Template. Messen Sie dann erneut.",
    "Probable cause: the template names the wrong chip (HLW8012 instead of BL0937, or the other way round).":
      "Vermutliche Ursache: Das Template nennt den falschen Chip (HLW8012 statt BL0937 oder umgekehrt).",
    "Probable cause: watts and kilowatts were confused.": "Vermutliche Ursache: Watt und Kilowatt wurden verwechselt.",
    "Probable cause: amperes and milliamperes were confused.":
      "Vermutliche Ursache: Ampere und Milliampere wurden verwechselt.",
    "Probable cause: the load is not the one you gave, not resistive, or CF and CF1 are swapped in the template.":
      "Vermutliche Ursache: Es ist eine andere Last als angegeben, sie ist nicht ohmsch, oder CF und CF1 sind im Template vertauscht.",
    "Probable cause: CF and CF1, or the polarity of the SEL pin, are swapped in the template.":
      "Vermutliche Ursache: CF und CF1 oder die Polarität des SEL-Pins sind im Template vertauscht.",
    "Probable cause: the load is not resistive, or the polarity of the SEL pin is swapped in the template.":
      "Vermutliche Ursache: Die Last ist nicht ohmsch, oder die Polarität des SEL-Pins ist im Template vertauscht.",
    '"{0}" is not an accuracy in the form of a data sheet.':
      "„{0}“ ist keine Genauigkeit, wie Datenblätter sie angeben.",
    'Write it like "0.8 % + 3 digits", as in the data sheet for the range you use.':
      "Schreiben Sie zum Beispiel „0,8 % + 3 Digits“, wie das Datenblatt es für den benutzten Messbereich angibt.",
    "No load achieves {0}: the reference and the scatter alone contribute {1}. Use a better reference instrument, or measure the power of the load instead of using its label.":
      "Mit keiner Last lassen sich {0} erreichen: Referenz und Streuung allein tragen {1} bei. Verwenden Sie ein genaueres Messgerät, oder messen Sie die Leistung der Last, statt sie vom Typenschild zu nehmen.",
    "{0} would need a load of {1}, which is more than the plug is rated for ({2}).":
      "Für {0} wäre eine Last von {1} nötig, mehr als für den Stecker zulässig ist ({2}).",
    "A purely resistive load of {0} or more.": "Eine rein ohmsche Last von {0} oder mehr.",
    "A purely resistive load of {0} or more, for example {1}.":
      "Eine rein ohmsche Last von {0} oder mehr, zum Beispiel {1}.",
    "a 40 W filament bulb": "eine Glühlampe mit 40 W",
    "a 60 W filament bulb": "eine Glühlampe mit 60 W",
    "a 100 W filament bulb": "eine Glühlampe mit 100 W",
    "a small heater of 400 W": "ein kleiner Heizlüfter mit 400 W",
    "an iron or heater of 1000 W": "ein Bügeleisen oder Heizgerät mit 1000 W",
    "a kettle or heater of 2000 W": "ein Wasserkocher oder Heizgerät mit 2000 W",
    "heater, kettle or iron with one fixed resistance": "Heizgerät, Wasserkocher oder Bügeleisen mit festem Widerstand",
    "filament bulb (incandescent or halogen)": "Glühlampe (auch Halogen)",
    "The guide {0} cannot be used: {1}.": "Die Anleitung {0} ist nicht verwendbar: {1}.",
    "Correct the file. `plugsmith profile check` lists every problem, and docs/devices.md explains how to add a device.":
      "Korrigieren Sie die Datei. `plugsmith profile check` listet alle Fehler auf, und docs/devices.md erklärt, wie man ein Gerät hinzufügt.",
    "{0} is too low for this measurement (expected: {1} to {2}).":
      "{0} ist für diese Messung zu niedrig (erwartet: {1} bis {2}).",
    "{0} is too high for this measurement (expected: {1} to {2}).":
      "{0} ist für diese Messung zu hoch (erwartet: {1} bis {2}).",
    "Type what the display shows. If {0} is right, type it again.":
      "Tippen Sie, was die Anzeige zeigt. Wenn {0} stimmt, tippen Sie es noch einmal.",
    "Did you mean {0}?": "Meinten Sie {0}?",
    "OL is not a voltage. Is the meter set to V, is the range large enough, and do both probes touch?":
      "OL ist keine Spannung. Steht das Messgerät auf V, ist der Messbereich groß genug, und haben beide Prüfspitzen Kontakt?",
    "OL means that the value is above the meter's range. Choose a larger range and read it again.":
      "OL bedeutet, dass der Wert den Messbereich überschreitet. Wählen Sie einen größeren Messbereich und lesen Sie noch einmal ab.",
    "A negative voltage means that the two probes are swapped. Swap them and read it again.":
      "Eine negative Spannung bedeutet, dass die Prüfspitzen vertauscht sind. Tauschen Sie sie und lesen Sie noch einmal ab.",
    "A negative current means that the meter is connected the wrong way round. Swap its leads.":
      "Ein negativer Strom bedeutet, dass das Messgerät verkehrt herum angeschlossen ist. Tauschen Sie seine Leitungen.",
    "A negative power means that the power meter or its clamp is connected the wrong way round.":
      "Eine negative Leistung bedeutet, dass der Leistungsmesser oder seine Zange verkehrt herum angeschlossen ist.",
    "A resistance is never negative. Hold the probes together, zero the meter again, and make sure that there is no voltage.":
      "Ein Widerstand ist nie negativ. Halten Sie die Prüfspitzen zusammen, nullen Sie das Messgerät noch einmal und vergewissern Sie sich, dass keine Spannung anliegt.",
    "Type what the display shows, such as {0}, then press Enter.":
      "Tippen Sie, was die Anzeige zeigt, zum Beispiel {0}, dann die Eingabetaste.",
    '"{0}" can mean {1} or {2}. Type {3} or {4}.': "„{0}“ kann {1} oder {2} bedeuten. Tippen Sie {3} oder {4}.",
    "The plug is calibrated with this value, so an exact reading is necessary. Choose another range.":
      "Mit diesem Wert wird der Stecker kalibriert, deshalb ist eine genaue Ablesung nötig. Wählen Sie einen anderen Messbereich.",
    '"{0}" is not a number with a unit. Type it as the display shows it, such as {1}. Does it show "OL" or "1 ."? Type OL.':
      "„{0}“ ist keine Zahl mit Einheit. Tippen Sie, was die Anzeige zeigt, zum Beispiel {1}. Zeigt sie „OL“ oder „1 .“? Tippen Sie OL.",
    '"{0}" is not a unit of {1}. Type the reading with its unit, such as {2}.':
      "„{0}“ ist keine Einheit für diese Größe ({1}). Tippen Sie den Messwert mit seiner Einheit, zum Beispiel {2}.",
    "{0} is the unit of {1}. Type a {2}, such as {3}.":
      "{0} ist eine Einheit einer anderen Größe ({1}). Gesucht ist: {2}, zum Beispiel {3}.",
    "{0} is a unit of {1}. Check what the meter is set to, and type a {2}, such as {3}.":
      "{0} ist eine Einheit einer anderen Größe ({1}). Prüfen Sie, worauf das Messgerät steht. Gesucht ist: {2}, zum Beispiel {3}.",
    '"{0}" with a small m means milliohms, with a capital M megohms. Type MΩ if the display shows it, or convert the value to Ω.':
      "„{0}“ mit kleinem m bedeutet Milliohm, mit großem M Megohm. Tippen Sie MΩ, wenn die Anzeige das zeigt, oder rechnen Sie den Wert in Ω um.",
    "{0} or {1}": "{0} oder {1}",
    resistance: "Widerstand",
    "a ratio": "ein Verhältnis",
    "apparent power": "Scheinleistung",
    "reactive power": "Blindleistung",
    "a frequency": "Frequenz",
    energy: "Energie",
    "a temperature": "Temperatur",
    capacitance: "Kapazität",
    "a time": "Zeit",
    Earth: "Schutzleiter",
    Insulation: "Isolation",
    Meter: "Messung",
    Lock: "Zugangsschutz",
    earth: "Schutzleiter",
    insulation: "Isolation",
    meter: "Messung",
    passed: "bestanden",
    failed: "nicht bestanden",
    "not done": "nicht geprüft",
    "This is a virtual plug.": "Dies ist ein virtueller Stecker.",
    "Nothing on this page is about a real plug.": "Nichts auf dieser Seite betrifft einen echten Stecker.",
    "The four checks": "Die vier Prüfungen",
    "{0}, Tasmota {1}": "{0}, Tasmota {1}",
    "plugsmith certificate, {0}": "plugsmith-Zertifikat, {0}",
    "MAC {0}": "MAC {0}",
    "Load at most {0} ({1}).": "Last höchstens {0} ({1}).",
    "The case was opened, so the manufacturer’s approval no longer applies.":
      "Das Gehäuse wurde geöffnet, daher gilt die Zulassung des Herstellers nicht mehr.",
    "Back on the original firmware": "Wieder mit der ursprünglichen Firmware",
    "Since {0} the plug has the manufacturer’s firmware again, byte for byte. What this page says about Tasmota is history.":
      "Seit {0} enthält der Stecker wieder die Firmware des Herstellers, Byte für Byte. Was hier über Tasmota steht, gilt nicht mehr.",
    "Passed: {0}.": "Bestanden: {0}.",
    "closing list ({0} of {1})": "Schließliste ({0} von {1})",
    "Failed: {0}.": "Nicht bestanden: {0}.",
    "Not done: {0}.": "Nicht geprüft: {0}.",
    "Not proven safe. Do not connect the plug to mains.":
      "Sicherheit nicht nachgewiesen. Schließen Sie den Stecker nicht ans Netz an.",
    Verdict: "Ergebnis",
    "Not done": "Nicht geprüft",
    "How to use it": "Benutzung",
    Address: "Adresse",
    "Not on record": "Nicht verzeichnet",
    User: "Benutzer",
    Password: "Passwort",
    "In {0} next to this page, on the computer that set it":
      "In {0} neben dieser Seite, auf dem Computer, der es gesetzt hat",
    "Not proven to be set": "Nicht nachgewiesen",
    "How to undo it": "Der Weg zurück",
    "No access": "Kein Zugang",
    "Hold the button": "Taste halten",
    "40 s: resets the settings and opens the plug’s own Wi-Fi":
      "40 s: setzt die Einstellungen zurück und öffnet das WLAN des Steckers",
    "Original firmware": "Ursprüngliche Firmware",
    "No backup of the original firmware is on record": "Keine Sicherung der ursprünglichen Firmware verzeichnet",
    "(over wires, disconnected from mains)": "(über Litzen, vom Netz getrennt)",
    Backup: "Sicherung",
    "(next to this page)": "(neben dieser Seite)",
    "Measured with": "Gemessen mit",
    Ohmmeter: "Ohmmeter",
    "Ohmmeter; the {0} of its leads are subtracted": "Ohmmeter; die {0} seiner Leitungen sind abgezogen",
    "Insulation tester at {0} DC": "Isolationsmessgerät mit {0} DC",
    "Meter, before and after": "Messung, vorher und nachher",
    "error before": "Abweichung vorher",
    "now (95 %)": "jetzt (95 %)",
    "Ring: before. Dot: after. Line: range of 95 out of 100 such results.":
      "Ring: vorher. Punkt: nachher. Linie: Bereich von 95 aus 100 solchen Ergebnissen.",
    "Closing list: {0} of {1} items are met.": "Schließliste: {0} von {1} Punkten sind erfüllt.",
    "What was done": "Was getan wurde",
    "Name and signature of the person who measured": "Name und Unterschrift der messenden Person",
    "Measured by {0}": "Gemessen von {0}",
    "Instruments: manufacturer and serial number": "Messgeräte: Hersteller und Seriennummer",
    "tested {0}": "geprüft {0}",
    "checks not complete": "Prüfungen unvollständig",
    "Label to cut out": "Etikett zum Ausschneiden",
    "virtual plug": "virtueller Stecker",
    "Cut it out and stick it on the plug. It contains no secret: the code is the plug’s address.":
      "Ausschneiden und auf den Stecker kleben. Es enthält kein Geheimnis: Der Code ist die Adresse des Steckers.",
    "Certificate of {0}, {1}": "Zertifikat von {0}, {1}",
    "The plug from the front and from the side": "Der Stecker von vorn und von der Seite",
    "QR code of the address {0}": "QR-Code der Adresse {0}",
    "The plug now": "Der Stecker jetzt",
    "The plug before": "Der Stecker vorher",
    Steps: "Schritte",
    "Safety checks": "Sicherheitsprüfungen",
    "Calibration of {0}": "Kalibrierung vom {0}",
    "Checks of the meter": "Prüfungen der Messung",
    Template: "Template",
    "Settings, as read back": "Einstellungen, wie zurückgelesen",
    "Questions and answers": "Fragen und Antworten",
    "The whole record: steps, checks, calibration, questions and answers":
      "Das ganze Protokoll: Schritte, Prüfungen, Kalibrierung, Fragen und Antworten",
    "Written {0} by {1}.": "Geschrieben {0} von {1}.",
    linearity: "Linearität",
    drift: "Drift",
    Device: "Gerät",
    "MAC address": "MAC-Adresse",
    Chip: "Chip",
    "{0}, {1} flash": "{0}, {1} Flash",
    "Flash ID": "Flash-Kennung",
    Firmware: "Firmware",
    "Written image": "Geschriebenes Image",
    "{0}, from {1}": "{0}, aus {1}",
    "SHA-256 of the image": "SHA-256 des Images",
    "No backup of the original firmware is on record.": "Keine Sicherung der ursprünglichen Firmware verzeichnet.",
    "The whole flash before the conversion, verified with the chip’s own digest":
      "Der ganze Flash vor dem Umbau, mit der Prüfsumme des Chips verglichen",
    "Backed up": "Gesichert",
    Bytes: "Bytes",
    File: "Datei",
    "Each step with the time it finished": "Jeder Schritt mit der Zeit, zu der er fertig war",
    Step: "Schritt",
    When: "Wann",
    Result: "Ergebnis",
    "Measurements with their limits and sources": "Messungen mit Grenzwerten und Quellen",
    Measurement: "Messung",
    Value: "Wert",
    Limit: "Grenzwert",
    "Source of the limit": "Quelle des Grenzwerts",
    "Confirmed by the person who did the work:": "Bestätigt von der Person, die gearbeitet hat:",
    "out of range": "außerhalb des Messbereichs",
    Quantity: "Größe",
    Constant: "Konstante",
    Reference: "Referenz",
    "Error before": "Abweichung vorher",
    "Error after": "Abweichung nachher",
    "Uncertainty (k = 2)": "Unsicherheit (k = 2)",
    "{0}: combined according to the GUM (JCGM 100:2008)": "{0}: zusammengefasst nach dem GUM (JCGM 100:2008)",
    Contribution: "Beitrag",
    Type: "Typ",
    "Standard uncertainty": "Standardunsicherheit",
    Basis: "Grundlage",
    "Method: {0}. Readings: {1}. Load: {2}.": "Verfahren: {0}. Messwerte: {1}. Last: {2}.",
    "Constants and errors": "Konstanten und Abweichungen",
    Name: "Name",
    "Host name": "Hostname",
    "MQTT topic": "MQTT-Topic",
    "MQTT broker": "MQTT-Broker",
    "Tasmota version": "Tasmota-Version",
    "Tasmota build": "Tasmota-Build",
    "As shown, including readings that had to be repeated":
      "Wie angezeigt, auch Messwerte, die wiederholt werden mussten",
    Question: "Frage",
    Answer: "Antwort",
    "Connected to the network over the serial line.": "Über die serielle Leitung ins Netz gebracht.",
    "Connected to the network over the serial line, at {0}.": "Über die serielle Leitung ins Netz gebracht, unter {0}.",
    "Connected to the network over the serial line (Improv).": "Über die serielle Leitung (Improv) ins Netz gebracht.",
    "Connected to the network over the serial line (Improv), at {0}.":
      "Über die serielle Leitung (Improv) ins Netz gebracht, unter {0}.",
    "Connected to the network through its own access point.": "Über seinen eigenen Access Point ins Netz gebracht.",
    "Connected to the network through its own access point, at {0}.":
      "Über seinen eigenen Access Point ins Netz gebracht, unter {0}.",
    "Connected to the network.": "Ins Netz gebracht.",
    "Connected to the network at {0}.": "Ins Netz gebracht, unter {0}.",
    "Opened, wired and measured on {0}.": "Am {0} geöffnet, verdrahtet und gemessen.",
    "Opened, wired and measured on {0}. The 3.3 V supply is strong enough for Wi-Fi.":
      "Am {0} geöffnet, verdrahtet und gemessen. Die 3,3-V-Versorgung reicht für WLAN.",
    "Opened, wired and measured on {0}. The 3.3 V supply is too weak for Wi-Fi.":
      "Am {0} geöffnet, verdrahtet und gemessen. Die 3,3-V-Versorgung ist für WLAN zu schwach.",
    "Chip identified.": "Chip erkannt.",
    "Chip identified: {0}.": "Chip erkannt: {0}.",
    "Original firmware backed up and verified.": "Ursprüngliche Firmware gesichert und verglichen.",
    "New firmware written and verified.": "Neue Firmware geschrieben und verglichen.",
    "First start postponed until the case is closed and the plug is on mains.":
      "Erster Start verschoben, bis das Gehäuse zu ist und der Stecker am Netz steckt.",
    "First start from power-on seen.": "Erster Start nach dem Einschalten beobachtet.",
    "Configured.": "Konfiguriert.",
    "Password set.": "Passwort gesetzt.",
    "Password set. Attempts without it that were refused: {0}.":
      "Passwort gesetzt. Abgewiesene Versuche ohne Passwort: {0}.",
    "Every setting read back.": "Jede Einstellung zurückgelesen.",
    "Case closed. Items confirmed: {0}, measured: {1}.": "Gehäuse geschlossen. Punkte bestätigt: {0}, gemessen: {1}.",
    "Calibration postponed.": "Kalibrierung verschoben.",
    "Calibrated on {0}.": "Kalibriert am {0}.",
    "Done.": "Erledigt.",
    "This device’s guide does not have this check.": "Die Anleitung dieses Geräts enthält diese Prüfung nicht.",
    "above the tester’s range": "über dem Messbereich",
    "Do not connect the plug to mains.": "Schließen Sie den Stecker nicht ans Netz an.",
    "after gluing": "nach dem Verkleben",
    "at {0} DC": "bei {0} DC",
    "Not measured.": "Nicht gemessen.",
    "Not measured since the case was last open.": "Nicht gemessen, seit das Gehäuse zuletzt offen war.",
    "Not passed: the last reading was {0}, and the closing list was not completed.":
      "Nicht bestanden: Der letzte Messwert war {0}, und die Schließliste wurde nicht zu Ende geführt.",
    Voltage: "Spannung",
    Power: "Leistung",
    Current: "Strom",
    "largest error (95 %)": "größte Abweichung (95 %)",
    "Not calibrated: the readings may be wrong by 10 % or more.":
      "Nicht kalibriert: Die Messwerte können um 10 % oder mehr abweichen.",
    "A later check found other constants in the plug than the ones this calibration set.":
      "Eine spätere Prüfung fand im Stecker andere Konstanten, als diese Kalibrierung gesetzt hat.",
    "A later check found an error: {0}.": "Eine spätere Prüfung fand eine Abweichung: {0}.",
    "attempts without the password refused": "Versuche ohne Passwort abgewiesen",
    "Not proven: perhaps no password is set.": "Nicht nachgewiesen: Vielleicht ist kein Passwort gesetzt.",
    "The plug runs the original firmware again.": "Der Stecker läuft wieder mit der ursprünglichen Firmware.",
    "not read back yet": "noch nicht zurückgelesen",
    "To write the original firmware back, byte for byte, open the case, disconnect the plug from mains, attach the wires and run npx plugsmith restore {0}. The backup is in this folder.":
      "Um die ursprüngliche Firmware Byte für Byte zurückzuschreiben, trennen Sie den Stecker vom Netz, öffnen Sie das Gehäuse, löten Sie die Litzen an und starten Sie npx plugsmith restore {0}. Die Sicherung liegt in diesem Ordner.",
    "Rating: {0} ({1}).": "Nennwert: {0} ({1}).",
    "The web password is in secrets.json in this folder. Only the owner of the file can read it.":
      "Das Web-Passwort steht in secrets.json in diesem Ordner. Nur der Eigentümer der Datei kann sie lesen.",
    "To reset the settings and the calibration, hold the button for {0} s, or switch the power off and on quickly {1} times. Afterwards run npx plugsmith setup, then npx plugsmith calibrate --from-journal.":
      "Um Einstellungen und Kalibrierung zurückzusetzen, halten Sie die Taste {0} s lang, oder schalten Sie den Strom {1}-mal schnell aus und ein. Starten Sie danach npx plugsmith setup, dann npx plugsmith calibrate --from-journal.",
    "{0}, build date unknown": "{0}, Datum des Builds unbekannt",
    "{0}, built {1}": "{0}, gebaut {1}",
    "the current was measured, so any steady load is suitable":
      "der Strom wurde gemessen, daher eignet sich jede gleichmäßige Last",
    "power factor 1 within the meter's own calibration": "Leistungsfaktor 1 im Rahmen der eigenen Kalibrierung",
    "an uncalibrated meter cannot distinguish a power factor between {0} and 1 from its own tolerance":
      "ein nicht kalibrierter Zähler kann einen Leistungsfaktor zwischen {0} und 1 nicht von seiner eigenen Toleranz unterscheiden",
    "multimeter volts and a known load ({0}, {1}); the multimeter's accuracy is unknown and assumed to be {2} of the reading":
      "Spannung vom Multimeter und eine bekannte Last ({0}, {1}); die Genauigkeit des Multimeters ist unbekannt, angenommen sind {2} vom Messwert",
    "multimeter volts and a known load ({0}, {1})": "Spannung vom Multimeter und eine bekannte Last ({0}, {1})",
    "values read from instruments; the multimeter's accuracy is unknown and assumed to be {0} of the reading":
      "an Messgeräten abgelesene Werte; die Genauigkeit des Multimeters ist unbekannt, angenommen sind {0} vom Messwert",
    "values read from instruments": "an Messgeräten abgelesene Werte",
    "against {0}": "gegen {0}",
    "±{0} % (k = 2)": "±{0} % (k = 2)",
    "multimeter, {0} {1}": "Multimeter, {0} {1}",
    "label of the load ({0}): {1} at {2}": "Typenschild der Last ({0}): {1} bei {2}",
    "label of the load ({0}): {1} at {2}, divided by the voltage":
      "Typenschild der Last ({0}): {1} bei {2}, geteilt durch die Spannung",
    "instrument, {0} {1}": "Messgerät, {0} {1}",
    "power divided by voltage (resistive load)": "Leistung durch Spannung (ohmsche Last)",
    "{0}, closer to the wall; plugs in between: {1}": "{0}, näher an der Wand; Stecker dazwischen: {1}",
    "{0}, closer to the load; plugs in between: {1}": "{0}, näher an der Last; Stecker dazwischen: {1}",
    "{0}; their own consumption: {1} ± {2}": "{0}; ihr Eigenverbrauch: {1} ± {2}",
    "not used": "nicht benutzt",
    "button, pressed connects to ground": "Taste, gedrückt auf GND",
    "button without the internal pull-up": "Taste ohne internen Pull-up",
    "button, pressed connects to 3.3 V": "Taste, gedrückt auf 3,3 V",
    "button, pressed connects to 3.3 V, without the internal pull-up":
      "Taste, gedrückt auf 3,3 V, ohne internen Pull-up",
    switch: "Schalter",
    "switch without the internal pull-up": "Schalter ohne internen Pull-up",
    "relay, on when the pin is high": "Relais, ein bei High",
    "relay, on when the pin is low": "Relais, ein bei Low",
    "LED, lit when the pin is high": "LED, leuchtet bei High",
    "LED, lit when the pin is low": "LED, leuchtet bei Low",
    "LED for the network's state, lit when the pin is high": "LED für den Netzzustand, leuchtet bei High",
    "LED for the network's state, lit when the pin is low": "LED für den Netzzustand, leuchtet bei Low",
    "dimmer output": "Dimmerausgang",
    "inverted dimmer output": "invertierter Dimmerausgang",
    "pulse counter": "Impulszähler",
    "metering chip: selects voltage or current; low is voltage":
      "Messchip: wählt Spannung oder Strom; Low ist Spannung",
    "metering chip: selects voltage or current; high is voltage":
      "Messchip: wählt Spannung oder Strom; High ist Spannung",
    "metering chip: pulses for voltage and current": "Messchip: Impulse für Spannung und Strom",
    "metering chip HLW8012: pulses for power": "Messchip HLW8012: Impulse für Leistung",
    "metering chip BL0937: pulses for power": "Messchip BL0937: Impulse für Leistung",
    "I2C clock": "I2C-Takt",
    "I2C data": "I2C-Daten",
    "serial output": "serielle Ausgabe",
    "serial input": "serielle Eingabe",
    "serial line to a second controller": "serielle Leitung zu einem zweiten Controller",
    "serial line from a second controller": "serielle Leitung von einem zweiten Controller",
    "not assigned": "nicht zugeordnet",
    "The template cannot be used: {0}": "Das Template ist nicht verwendbar: {0}",
    'A template looks like {{"NAME":"…","GPIO":[14 numbers],"FLAG":0,"BASE":18}}.':
      'Ein Template sieht so aus: {{"NAME":"…","GPIO":[14 Zahlen],"FLAG":0,"BASE":18}}.',
    "A Wi-Fi network that a device opens itself. Fresh Tasmota opens one named tasmota-… so that you can give it the name and passphrase of your own network.":
      "Ein WLAN, das ein Gerät selbst öffnet. Ein frisches Tasmota öffnet eines namens tasmota-…, damit Sie ihm Name und Passwort Ihres WLANs geben können.",
    "The program that the manufacturer built into the chip. It runs first after every start and cannot be erased. It accepts new firmware over the serial line, which is why a chip can always be rescued.":
      "Das vom Hersteller fest in den Chip eingebaute Programm. Es läuft nach jedem Start zuerst und ist nicht löschbar. Es nimmt neue Firmware über die serielle Leitung an, darum lässt sich ein Chip immer retten.",
    'Measurement category of IEC 61010: the instrument withstands the voltage spikes at a wall socket. Measuring there needs at least "CAT II 300 V"; an instrument without it can burst.':
      "Überspannungskategorie nach IEC 61010: Das Messgerät hält die Spannungsspitzen an einer Steckdose aus. Zum Messen dort ist mindestens „CAT II 300 V“ nötig; ein Gerät ohne diese Angabe kann bersten.",
    "Two points are connected by metal. The multimeter beeps in its continuity setting. Use it only on a board without power.":
      "Durchgang: Zwei Punkte sind metallisch verbunden. Das Multimeter piept in der Stellung Durchgangsprüfung. Nur an einer spannungslosen Platine verwenden.",
    "The chip waits for firmware over the serial line instead of starting the firmware in its flash. It enters this mode when GPIO0 is connected to ground at power-on.":
      "Der Chip wartet auf Firmware über die serielle Leitung, statt die Firmware im Flash zu starten. In diesen Modus kommt er, wenn GPIO0 beim Einschalten auf GND liegt.",
    "Resistance of the protective earth from one end of the plug to the other. The limit is 0.3 Ω, because in a fault the earth carries the current that trips the fuse.":
      "Widerstand des Schutzleiters von einem Ende des Steckers zum anderen. Der Grenzwert ist 0,3 Ω, weil der Schutzleiter im Fehlerfall den Strom trägt, der die Sicherung auslöst.",
    'How far the true value can be from the stated one. "± 1 %" is stated for k = 2: the true value is within this range in about 95 of 100 cases.':
      "Wie weit der wahre Wert vom angegebenen entfernt sein kann. „± 1 %“ gilt für k = 2: In etwa 95 von 100 Fällen liegt der wahre Wert in diesem Bereich.",
    "The memory of the chip that keeps its contents without power: firmware and settings. The EP2 has 1 MiB of it, inside the chip.":
      "Der Speicher des Chips, der seinen Inhalt ohne Strom behält: Firmware und Einstellungen. Der EP2 hat davon 1 MiB, im Chip selbst.",
    "Ground, the common 0 V of the adapter and the board. Connect it first: without it no signal has a meaning. It is not the protective earth of the mains.":
      "Masse, die gemeinsamen 0 V von Adapter und Platine. Schließen Sie sie zuerst an: Ohne sie hat kein Signal eine Bedeutung. Sie ist nicht der Schutzleiter des Stromnetzes.",
    "A pin of the chip that decides at power-on what starts: download mode when it is connected to ground, the firmware when it is free. Release it before the firmware runs, because the firmware uses the same pin for an LED or a button.":
      "Ein Pin des Chips, der beim Einschalten entscheidet, was startet: auf GND der Download-Modus, frei die Firmware. Lösen Sie ihn, bevor die Firmware läuft, denn sie benutzt denselben Pin für eine LED oder eine Taste.",
    "A file that contains firmware exactly as it is written to the flash, such as tasmota.bin.":
      "Eine Datei mit Firmware, genau so, wie sie in den Flash geschrieben wird, zum Beispiel tasmota.bin.",
    "Resistance between the mains pins and everything that you can touch, measured at 500 V with an insulation tester. It must be at least 1 MΩ. A multimeter measures with a few volts and proves nothing here.":
      "Widerstand zwischen den Steckerstiften und allem, was man berühren kann, gemessen mit 500 V und einem Isolationsmessgerät. Er muss mindestens 1 MΩ betragen. Ein Multimeter misst mit wenigen Volt und beweist hier nichts.",
    "Coverage factor of an uncertainty: twice the standard uncertainty, which covers about 95 of 100 cases.":
      "Erweiterungsfaktor einer Unsicherheit: das Doppelte der Standardunsicherheit, das etwa 95 von 100 Fällen abdeckt.",
    "The chip's own number, 12 hexadecimal digits, set by the manufacturer. It is unique, so every record identifies the plug by it.":
      "Die eigene Nummer des Chips, 12 hexadezimale Ziffern, vom Hersteller vergeben. Sie ist einmalig, daher bezeichnet sie den Stecker in jedem Protokoll.",
    "A digest of 128 bits. The chip computes it over its own flash, and plugsmith uses it to prove what the flash contains. It detects transmission errors; SHA-256 also protects against forgery.":
      "Eine Prüfsumme von 128 Bit. Der Chip berechnet sie über seinen eigenen Flash, und plugsmith weist damit nach, was im Flash steht. Sie erkennt Übertragungsfehler; gegen Fälschung schützt SHA-256.",
    "A bare metal area on the board to which you can solder a wire.":
      "Eine blanke Metallfläche auf der Platine, an die man eine Litze löten kann.",
    "The password of a Wi-Fi network, 8 to 63 characters.": "Das Passwort eines WLANs, 8 bis 63 Zeichen.",
    "Not only sent: compared with the chip's own digest of its flash, or read back from the plug.":
      "Nachgewiesen: nicht nur gesendet, sondern mit der Prüfsumme des Chips über seinen Flash verglichen oder aus dem Stecker zurückgelesen.",
    "Residual-current device: it switches off within a fraction of a second when current leaks to earth, for example through a person. To protect people it must be a 30 mA type.":
      "Fehlerstromschutzschalter: Er schaltet in Sekundenbruchteilen ab, wenn Strom zur Erde abfließt, zum Beispiel durch einen Menschen. Für den Personenschutz sind 30 mA nötig.",
    "Receive and transmit, the two signals of a serial line. They cross over: TX of one side goes to RX of the other.":
      "Empfangen und Senden, die beiden Signale einer seriellen Leitung. Sie werden gekreuzt: TX der einen Seite kommt an RX der anderen.",
    "A backup is sealed when its digest equals the chip's own digest of its flash and it is stored with its manifest. Only then does plugsmith erase the flash.":
      "Eine Sicherung ist versiegelt, wenn ihre Prüfsumme mit der des Chips über seinen Flash übereinstimmt und sie mit ihrem Verzeichnis gespeichert ist. Erst dann löscht plugsmith den Flash.",
    "A filament bulb of 40 to 100 W between the socket and the plug. If the plug has a short circuit, the bulb lights up and nothing burns.":
      "Eine Glühlampe von 40 bis 100 W zwischen Steckdose und Stecker. Hat der Stecker einen Kurzschluss, leuchtet die Lampe, und nichts brennt.",
    "A digest of 256 bits that identifies a file. If one bit changes, the digest changes, and nobody can make a second file with the same digest.":
      "Eine Prüfsumme von 256 Bit, die eine Datei eindeutig bezeichnet. Ändert sich ein Bit, ändert sich die Prüfsumme, und niemand kann eine zweite Datei mit derselben herstellen.",
    "The part of the virtual plug that answers like Tasmota. It is not Tasmota: the image that you will flash is not executed.":
      "Der Teil des virtuellen Steckers, der wie Tasmota antwortet. Er ist nicht Tasmota: Das Image, das Sie später schreiben, wird nicht ausgeführt.",
    "A pin that the chip reads once, at power-on, to decide how to start. GPIO0, GPIO2 and GPIO15 are straps.":
      "Ein Pin, den der Chip beim Einschalten einmal liest, um zu entscheiden, wie er startet. GPIO0, GPIO2 und GPIO15 sind solche Pins.",
    "A small program that plugsmith loads into the chip's working memory. It reads and writes the flash faster than the boot ROM, and disappears at the next restart.":
      "Ein kleines Programm, das plugsmith in den Arbeitsspeicher des Chips lädt. Es liest und schreibt den Flash schneller als das Boot-ROM und ist nach dem nächsten Neustart weg.",
    "The power source of the chip while the case is open: 3.3 V, never 5 V. The radio briefly needs up to 400 mA. The 3.3 V pin of many adapters supplies 50 mA, which is enough for flashing but not for Wi-Fi.":
      "Die Stromversorgung des Chips, solange das Gehäuse offen ist: 3,3 V, nie 5 V. Der Funk braucht kurzzeitig bis zu 400 mA. Der 3,3-V-Pin vieler Adapter liefert 50 mA; das reicht zum Schreiben, aber nicht für WLAN.",
    "The plug's name at the MQTT broker. It is part of the address of every message to and from the plug.":
      "Der Name des Steckers beim MQTT-Broker. Er ist Teil der Adresse jeder Nachricht an den Stecker und von ihm.",
    "Check the permissions of the file and its folder.": "Prüfen Sie die Zugriffsrechte der Datei und ihres Ordners.",
    "Leave private browsing, and allow this page to store data.":
      "Verlassen Sie den privaten Modus und erlauben Sie dieser Seite, Daten zu speichern.",
    "{0} does not exist.": "{0} gibt es nicht.",
    "Check the path.": "Prüfen Sie den Pfad.",
    "A part of the path {0} is not a folder.": "Ein Teil des Pfads {0} ist kein Ordner.",
    "{0} exists already.": "{0} gibt es schon.",
    "{0} is not a regular file.": "{0} ist keine gewöhnliche Datei.",
    "Access to {0} is denied.": "Der Zugriff auf {0} wird verweigert.",
    "The system does not allow changes to {0}.": "Das System erlaubt keine Änderung an {0}.",
    "{0} is on a read-only file system.": "{0} liegt auf einem schreibgeschützten Dateisystem.",
    "Choose a folder that you can write to.": "Wählen Sie einen Ordner, in den Sie schreiben dürfen.",
    "Cannot write {0}: the disk is full.": "{0} kann nicht geschrieben werden: Der Datenträger ist voll.",
    "Free some disk space, then run the command again.": "Schaffen Sie Platz und geben Sie den Befehl erneut.",
    "Cannot write {0}: the disk quota is used up.": "{0} kann nicht geschrieben werden: Das Kontingent ist erschöpft.",
    "{0} is open in another tab.": "{0} ist in einem anderen Tab offen.",
    "Close the other tab, then try again.": "Schließen Sie den anderen Tab und versuchen Sie es erneut.",
    "Cannot write {0}: the browser gives this page no more space.":
      "{0} kann nicht geschrieben werden: Der Browser gibt dieser Seite keinen Platz mehr.",
    "Free some disk space or delete the data of other sites, then try again.":
      "Schaffen Sie Platz oder löschen Sie Daten anderer Websites, und versuchen Sie es erneut.",
    "The browser denies this page access to {0}.": "Der Browser verweigert dieser Seite den Zugriff auf {0}.",
    "The file system failed at {0} and gave no reason.":
      "Das Dateisystem ist bei {0} ohne Angabe eines Grundes gescheitert.",
    "The file system failed at {0} ({1}).": "Das Dateisystem ist bei {0} gescheitert ({1}).",
    "Check the address and that the plug has power, then try again.":
      "Prüfen Sie die Adresse und ob der Stecker Strom hat, und versuchen Sie es erneut.",
    "{0} did not answer within {1} s.": "{0} hat nicht innerhalb von {1} s geantwortet.",
    "Check that the plug has power and is in this network, then try again.":
      "Prüfen Sie, ob der Stecker Strom hat und in diesem Netz ist, und versuchen Sie es erneut.",
    "{0} sent more than {1} MiB, which is more than a plug sends.":
      "{0} hat mehr als {1} MiB gesendet, mehr als ein Stecker sendet.",
    "Check the address.": "Prüfen Sie die Adresse.",
    "The plug restarts": "Der Stecker startet neu",
    "it no longer answers": "er antwortet nicht mehr",
    "it has restarted": "er ist neu gestartet",
    "The plug unpacks the image and restarts": "Der Stecker entpackt das Image und startet neu",
    "it answers again": "er antwortet wieder",
    "The transfer was interrupted: check whether the plug received the image":
      "Die Übertragung wurde unterbrochen: prüfen, ob der Stecker das Image hat",
    "received: it restarted and runs {0}": "empfangen: Er ist neu gestartet, es läuft {0}",
    "not received": "nicht empfangen",
    "The build finished but did not produce {0}.bin.": "Der Build ist durchgelaufen, hat aber keine {0}.bin erzeugt.",
    "Check the lines above, and that this release has this build.":
      "Prüfen Sie die Zeilen oben, und ob es in dieser Version diese Variante gibt.",
    "Download the source of Tasmota {0}": "Den Quelltext von Tasmota {0} laden",
    "A build needs git, and it is not installed.": "Ein Build braucht git, und es ist nicht installiert.",
    "Install git, then build again.": "Installieren Sie git und starten Sie den Build erneut.",
    "git could not fetch Tasmota {0} (status {1}): {2}": "git konnte Tasmota {0} nicht laden (Status {1}): {2}",
    "Check the internet connection and the release number, or give a copy of the source with --source.":
      "Prüfen Sie die Internetverbindung und die Versionsnummer, oder geben Sie mit --source eine Kopie des Quelltexts an.",
    "Tasmota {0} downloaded": "Tasmota {0} geladen",
    "Build {0} with {1}": "{0} mit {1} bauen",
    "The build printed nothing for {0} minutes and was stopped.":
      "Der Build hat {0} Minuten lang nichts ausgegeben und wurde gestoppt.",
    "Build again.": "Starten Sie den Build erneut.",
    "The build failed (status {0}): {1}": "Der Build ist gescheitert (Status {0}): {1}",
    "Check the lines above. Without internet access, the container cannot download its toolchain.":
      "Prüfen Sie die Zeilen oben. Ohne Internet kann der Container seine Werkzeuge nicht laden.",
    "{0} built": "{0} gebaut",
    "The list of releases does not have the format that GitHub documents.":
      "Die Liste der Versionen hat nicht das von GitHub dokumentierte Format.",
    "Download the image yourself and give its path.":
      "Laden Sie das Image selbst herunter und geben Sie seinen Pfad an.",
    "The latest releases do not contain {0}. Listed releases: {1}.":
      "Die neuesten Versionen enthalten {0} nicht. Versionen in der Liste: {1}.",
    "Release {0} does not contain {1}. Listed releases: {2}.":
      "Version {0} enthält {1} nicht. Versionen in der Liste: {2}.",
    "Choose one of these, or give a local file.": "Wählen Sie eine davon, oder geben Sie eine lokale Datei an.",
    "There is no Tasmota build named {0} for the ESP8266.":
      "Für den ESP8266 gibt es keine Tasmota-Variante namens {0}.",
    "Use tasmota, or a language build such as tasmota-DE.":
      "Nehmen Sie tasmota oder eine Sprachvariante wie tasmota-DE.",
    "{0} is not suitable for this plug: {1}.": "{0} ist für diesen Stecker nicht geeignet: {1}.",
    "Use tasmota or a language build, or add --any-variant to use it anyway.":
      "Nehmen Sie tasmota oder eine Sprachvariante, oder erzwingen Sie es mit --any-variant.",
    "{0} is installed but does not answer: {1}": "{0} ist installiert, antwortet aber nicht: {1}",
    "Start it (Docker Desktop, or on Linux `sudo systemctl start docker`, and once `sudo usermod -aG docker $USER`), then build again.":
      "Starten Sie es (Docker Desktop, oder unter Linux `sudo systemctl start docker` und einmalig `sudo usermod -aG docker $USER`) und bauen Sie erneut.",
    "A build needs Docker or Podman, and neither is installed.":
      "Ein Build braucht Docker oder Podman, und keines von beiden ist installiert.",
    "A build needs {0}, and it is not installed.": "Ein Build braucht {0}, und das ist nicht installiert.",
    "Install Podman (`sudo apt install podman`, `brew install podman`) or Docker Desktop. Or use a finished image: `plugsmith firmware get`.":
      "Installieren Sie Podman (`sudo apt install podman`, `brew install podman`) oder Docker Desktop. Oder nehmen Sie ein fertiges Image: `plugsmith firmware get`.",
    "{0} of {1} KiB": "{0} von {1} KiB",
    "the plug received all of it and requests it again: it rejected the image":
      "der Stecker hat alles empfangen und fordert es erneut an: Er hat das Image abgelehnt",
    "the plug stopped after {0} and requests it again": "der Stecker hat nach {0} aufgehört und fordert es erneut an",
    "{0} There is no stored list of releases from an earlier run.":
      "{0} Es gibt auch keine gespeicherte Liste der Versionen aus einem früheren Lauf.",
    "Check the internet connection. Or download the image on another computer and add it with `plugsmith firmware get --file FILE`.":
      "Prüfen Sie die Internetverbindung. Oder laden Sie das Image an einem anderen Computer und nehmen Sie es mit `plugsmith firmware get --file FILE` auf.",
    "The device at {0} does not run a Tasmota that can be upgraded: it does not know the command Status and is not a minimal build.":
      "Auf dem Gerät unter {0} läuft kein Tasmota, das sich aktualisieren ließe: Es kennt den Befehl Status nicht und ist keine Minimal-Variante.",
    "Send {0}, {1} KiB": "{0} senden, {1} KiB",
    sent: "gesendet",
    "The plug accepted {0}, but it still runs the previous firmware after {1} minutes.":
      "Der Stecker hat {0} angenommen, aber nach {1} Minuten läuft immer noch die vorige Firmware.",
    "Wait a minute, then run the same command again. It checks what runs and continues from there.":
      "Warten Sie eine Minute und geben Sie denselben Befehl erneut. Er prüft, was läuft, und macht dort weiter.",
    "Wait until the plug has been running for {0} s": "Warten, bis der Stecker {0} s läuft",
    "Or leave out --serve: plugsmith then sends the image to the plug.":
      "Oder lassen Sie --serve weg: Dann sendet plugsmith das Image an den Stecker.",
    "Check this computer's firewall, and that the plug can reach this address. --serve ADDRESS:PORT sets another one.":
      "Prüfen Sie die Firewall dieses Computers, und ob der Stecker diese Adresse erreicht. Mit --serve ADRESSE:PORT geben Sie eine andere an.",
    "Move the plug closer to the access point.": "Bringen Sie den Stecker näher an den Access Point.",
    "The plug downloaded {0} of {1}, and then nothing for {2} minutes.":
      "Der Stecker hat {0} von {1} geladen und dann {2} Minuten lang nichts.",
    "The plug did not download {0} from {1}.": "Der Stecker hat {0} nicht von {1} geladen.",
    "The plug reports: {0}.": "Der Stecker meldet: {0}.",
    "The plug downloaded {0} and rejected it: its MD5 digest is wrong (downloads: {1}).":
      "Der Stecker hat {0} geladen und abgelehnt: Die MD5-Prüfsumme ist falsch (Downloads: {1}).",
    "Something between this computer and the plug changes the data (a proxy or a bad link). Move the plug closer to the access point and run the command again.":
      "Etwas zwischen diesem Computer und dem Stecker verändert die Daten (ein Proxy oder eine schlechte Verbindung). Bringen Sie den Stecker näher an den Access Point und geben Sie den Befehl erneut.",
    "The plug rejected {0}: it has less space than it reported.":
      "Der Stecker hat {0} abgelehnt: Er hat weniger Platz, als er gemeldet hat.",
    "Write the image over the wires with `plugsmith write`. It keeps the settings.":
      "Schreiben Sie das Image mit `plugsmith write` über die Litzen. Die Einstellungen bleiben erhalten.",
    "The plug stopped downloading {0} after {1} (downloads: {2}).":
      "Der Stecker hat das Laden von {0} nach {1} abgebrochen (Downloads: {2}).",
    "The plug downloaded {0} and rejected it.": "Der Stecker hat {0} geladen und abgelehnt.",
    "Check that the image is for this plug.": "Prüfen Sie, ob das Image für diesen Stecker ist.",
    "{0} {1} was damaged in the download: {2} of {3} bytes, digest {4}….":
      "{0} {1} wurde beim Herunterladen beschädigt: {2} von {3} Bytes, Prüfsumme {4}….",
    "Try again. If the error stays, download the image from the release page with a browser and give its path.":
      "Versuchen Sie es erneut. Bleibt der Fehler, laden Sie das Image mit einem Browser von der Seite der Version und geben Sie seinen Pfad an.",
    "on Tasmota's minimal build: the plug cannot be switched over the network and does not measure; its settings are safe in its flash":
      "auf Tasmotas Minimal-Variante: Der Stecker lässt sich nicht über das Netzwerk schalten und misst nicht; seine Einstellungen sind sicher im Flash",
    "Run the same upgrade again. It detects the plug's state and continues from there.":
      "Starten Sie dieselbe Aktualisierung erneut. Sie erkennt den Zustand des Steckers und macht dort weiter.",
    "The plug runs Tasmota's minimal build because an earlier upgrade was not finished. This upgrade continues from there.":
      "Auf dem Stecker läuft Tasmotas Minimal-Variante, weil eine frühere Aktualisierung nicht fertig wurde. Diese macht dort weiter.",
    "Download and store its settings": "Seine Einstellungen laden und speichern",
    "Read which firmware runs": "Lesen, welche Firmware läuft",
    "Compare its settings with those from before": "Seine Einstellungen mit den vorigen vergleichen",
    "changed by the new firmware: {0}": "von der neuen Firmware geändert: {0}",
    "Try to access it with and without the web password": "Zugriff mit und ohne Web-Passwort probieren",
    "no access without the password": "kein Zugriff ohne Passwort",
    "The plug accepted {0}, but it runs {1}.": "Der Stecker hat {0} angenommen, aber es läuft {1}.",
    "runs {0}": "es läuft {0}",
    "Check the image with `plugsmith firmware inspect`, then upgrade again.":
      "Prüfen Sie das Image mit `plugsmith firmware inspect` und aktualisieren Sie erneut.",
    "Check which firmware runs on the plug now": "Prüfen, welche Firmware jetzt auf dem Stecker läuft",
    "it does not answer": "er antwortet nicht",
    "not answering; if it stays like this, switch its power off and on, then check again":
      "antwortet nicht; bleibt es so, schalten Sie ihn kurz stromlos und prüfen Sie erneut",
    "runs {0}, its settings untouched": "es läuft {0}, die Einstellungen sind unverändert",
    "These settings changed during the upgrade: {0}.":
      "Diese Einstellungen haben sich bei der Aktualisierung geändert: {0}.",
    "upgraded, but settings were lost": "aktualisiert, aber Einstellungen gingen verloren",
    "Restore the settings with `plugsmith settings restore {0}`.":
      "Stellen Sie die Einstellungen mit `plugsmith settings restore {0}` wieder her.",
    "The plug rejected {0} with HTTP status {1}.": "Der Stecker hat {0} mit HTTP-Status {1} abgelehnt.",
    "The plug rejected {0}: {1}.": "Der Stecker hat {0} abgelehnt: {1}.",
    "The plug has less space than it reported, or the header of the running image is wrong. Write the image over the wires.":
      "Der Stecker hat weniger Platz, als er gemeldet hat, oder der Kopf des laufenden Images ist falsch. Schreiben Sie das Image über die Litzen.",
    "{0} is not JSON.": "{0} ist kein JSON.",
    "plugsmith knows no recovery options for the firmware of the {0} ({1}).":
      "plugsmith kennt keine Rettungswege für die Firmware des Geräts {0} ({1}).",
    "Restore a backup over the wires: plugsmith restore --port.":
      "Stellen Sie eine Sicherung über die Drähte wieder her: plugsmith restore --port.",
    "{0} was written by a newer plugsmith (manifest version {1}).":
      "{0} wurde von einem neueren plugsmith geschrieben (Manifest-Version {1}).",
    "Update plugsmith.": "Aktualisieren Sie plugsmith.",
    "{0} is not the manifest of a backup: {1}": "{0} ist nicht das Manifest einer Sicherung: {1}",
    "{0} does not match its manifest (size or digest differ).":
      "{0} passt nicht zu seinem Manifest (Größe oder Prüfsumme weichen ab).",
    "Do not use this backup. Make a new one while the plug still has its firmware.":
      "Benutzen Sie diese Sicherung nicht. Machen Sie eine neue, solange der Stecker seine Firmware noch hat.",
    "The folder of a plug was requested with something that is not a MAC address.":
      "Der Ordner eines Steckers wurde mit etwas angefordert, das keine MAC-Adresse ist.",
    "{0} is not a folder of the home {1}.": "{0} ist kein Ordner von {1}.",
    "A journal entry has no time.": "Ein Protokolleintrag hat keine Zeit.",
    "Line {0} of {1} is not a journal entry.": "Zeile {0} von {1} ist kein Protokolleintrag.",
    "untouched by this run": "von diesem Lauf unverändert",
    "Keep the file under another name, and make a new backup of the plug before you erase anything.":
      "Heben Sie die Datei unter anderem Namen auf, und sichern Sie den Stecker neu, bevor Sie etwas löschen.",
    "There is already a record of the plug {0} in {1}. plugsmith never merges two records.":
      "Zum Stecker {0} gibt es in {1} schon Aufzeichnungen. plugsmith führt nie zwei zusammen.",
    "untouched; nothing was imported": "unverändert; nichts wurde importiert",
    "Continue with the existing record. If the archive is newer, move {0} away first and keep it: its backups exist nowhere else.":
      "Machen Sie mit den vorhandenen Aufzeichnungen weiter. Ist das Archiv neuer, verschieben Sie zuerst {0} und heben Sie es auf: Diese Sicherungen gibt es sonst nirgends.",
    "The archive claims to be of the plug {0}, but {1} belongs to another plug.":
      "Das Archiv gibt sich als das des Steckers {0} aus, aber {1} gehört zu einem anderen Stecker.",
    "Export the right plug again.": "Exportieren Sie den richtigen Stecker noch einmal.",
    "{0} is damaged: plugsmith cannot read it.": "{0} ist beschädigt: plugsmith kann es nicht lesen.",
    "Check the file: it may have been edited. To continue without it, move it away.":
      "Prüfen Sie die Datei: Vielleicht wurde sie bearbeitet. Um ohne sie weiterzumachen, verschieben Sie sie.",
    "in the network": "im Netz",
    "Run rescue again. It searches for the plug.": "Starten Sie rescue erneut. Es sucht den Stecker.",
    "plugsmith sets a new web password over the wires and stores it in secrets.json.":
      "plugsmith setzt über die Litzen ein neues Web-Passwort und speichert es in secrets.json.",
    "The image that was being written is no longer available.": "Das Image, das geschrieben wurde, ist nicht mehr da.",
    "in download mode, its flash half-written": "im Download-Modus, sein Flash halb geschrieben",
    "Run rescue again with --firmware tasmota.bin, or restore the vendor's firmware with plugsmith restore.":
      "Starten Sie rescue erneut mit --firmware tasmota.bin, oder schreiben Sie mit plugsmith restore die Firmware des Herstellers zurück.",
    "Connect the other plug, or leave out --plug.": "Schließen Sie den anderen Stecker an, oder lassen Sie --plug weg.",
    "This image does not fit, not even beside the minimal build.":
      "Dieses Image passt nicht, nicht einmal neben die Minimal-Variante.",
    "running the minimal build": "die Minimal-Variante läuft",
    "Give the compressed file (tasmota.bin.gz) with --firmware, or write it over the wires.":
      "Geben Sie mit --firmware die komprimierte Datei an (tasmota.bin.gz), oder schreiben Sie es über die Litzen.",
    "The plug at {0} requires a password that is not recorded here.":
      "Der Stecker unter {0} verlangt ein Passwort, das hier nicht aufgezeichnet ist.",
    "Reset it with its button, or over the wires.": "Setzen Sie ihn mit seiner Taste oder über die Litzen zurück.",
    "{0} was not found": "{0} wurde nicht gefunden",
    "Name the plug with --plug, or switch the other plug off.":
      "Nennen Sie den Stecker mit --plug, oder schalten Sie den anderen aus.",
    "The calibration of {0} is set again.": "Die Kalibrierung vom {0} wird wieder gesetzt.",
    "Unplug the USB adapter (the plug stays out of its socket), count to ten, and plug the adapter in again.":
      "Ziehen Sie den USB-Adapter ab (der Stecker bleibt aus der Steckdose), zählen Sie bis zehn und stecken Sie den Adapter wieder ein.",
    "Pull the plug out of its socket, with nothing plugged into it, count to ten, and plug it in again.":
      "Ziehen Sie den Stecker aus der Steckdose, ohne etwas darin, zählen Sie bis zehn und stecken Sie ihn wieder ein.",
    "When the plug has been on for at least five seconds, press its button {0} times quickly, at most half a second apart.":
      "Wenn der Stecker mindestens fünf Sekunden lang an ist, drücken Sie seine Taste {0}-mal schnell, höchstens eine halbe Sekunde auseinander.",
    "With the plug switched on, hold its button down for {0} seconds: count to {1}, then let go.":
      "Halten Sie bei eingeschaltetem Stecker seine Taste {0} Sekunden lang gedrückt: Zählen Sie bis {1}, dann lassen Sie los.",
    "Unplug the USB adapter (the plug stays out of its socket) and wait {0} seconds. Then plug the adapter in, count to two, unplug it, count to two; repeat this until it was on {1} times. Then plug it in once more and leave it on.":
      "Ziehen Sie den USB-Adapter ab (der Stecker bleibt aus der Steckdose) und warten Sie {0} Sekunden. Dann Adapter einstecken, bis zwei zählen, abziehen, bis zwei zählen; so lange, bis er {1}-mal an war. Dann noch einmal einstecken und stecken lassen.",
    "Pull the plug out of its socket, with nothing plugged into it, and wait {0} seconds. Then plug it in, count to two, pull it out, count to two; repeat this until it was on {1} times. Then plug it in once more and leave it on.":
      "Ziehen Sie den Stecker aus der Steckdose, ohne etwas darin, und warten Sie {0} Sekunden. Dann einstecken, bis zwei zählen, herausziehen, bis zwei zählen; so lange, bis er {1}-mal an war. Dann noch einmal einstecken und stecken lassen.",
    "This page may not use the adapter {0}, or the adapter does not exist.":
      "Diese Seite darf den Adapter {0} nicht benutzen, oder es gibt ihn nicht.",
    'Plug in the adapter, choose "Connect adapter", and select it in the browser\'s list.':
      "Stecken Sie den Adapter ein, wählen Sie „Adapter verbinden“ und wählen Sie ihn in der Liste des Browsers.",
    "Reload the page, then try again.": "Laden Sie die Seite neu und versuchen Sie es erneut.",
    "This page cannot reach {0}: there is no answer, or the browser does not allow the request.":
      "Diese Seite kann {0} nicht erreichen: Es kommt keine Antwort, oder der Browser erlaubt die Anfrage nicht.",
    "For steps over the local network, run plugsmith on this computer instead of only in this page.":
      "Für Schritte über das lokale Netz starten Sie plugsmith auf diesem Computer statt nur in dieser Seite.",
    "Another tab is using {0}.": "Ein anderer Tab benutzt {0}.",
    "Finish there or close that tab, then try again.":
      "Arbeiten Sie dort zu Ende oder schließen Sie den Tab, dann versuchen Sie es erneut.",
    "Check that it is the right file.": "Prüfen Sie, ob es die richtige Datei ist.",
    "The browser cannot open the port: another tab or program uses it.":
      "Der Browser kann den Port nicht öffnen: Ein anderer Tab oder ein anderes Programm benutzt ihn.",
    "Close the other tab or program, then try again.":
      "Schließen Sie den anderen Tab oder das andere Programm und versuchen Sie es erneut.",
    "The browser cannot open the port.": "Der Browser kann den Port nicht öffnen.",
    "The browser cannot open the port ({0}).": "Der Browser kann den Port nicht öffnen ({0}).",
    "Unplug the adapter, plug it in again, and try again.":
      "Ziehen Sie den Adapter ab, stecken Sie ihn wieder ein und versuchen Sie es erneut.",
    "The serial adapter was disconnected.": "Der serielle Adapter wurde getrennt.",
    "{0} has no DTR and RTS lines. It works without them, but plugsmith cannot reset the chip with them.":
      "{0} hat keine DTR- und RTS-Leitungen. Es geht ohne sie, aber plugsmith kann den Chip nicht damit zurücksetzen.",
    "{0} has {1} bytes, which is not the size of a flash chip.": "{0} hat {1} Bytes; so groß ist kein Flash-Chip.",
    "{0} is a folder, not a flash image.": "{0} ist ein Ordner, kein Flash-Image.",
    "{0} is not a file.": "{0} ist keine Datei.",
    "Give an image of the whole flash: 1048576 bytes for this plug.":
      "Geben Sie ein Image des ganzen Flashs an: 1048576 Bytes bei diesem Stecker.",
    "{0} ({1}) is connected but has no port: brltty, a driver for braille displays, claims such adapters. If you do not use a braille display, run: sudo apt remove brltty. Then unplug the adapter and plug it in again.":
      "{0} ({1}) ist angeschlossen, hat aber keinen Port: brltty, ein Treiber für Braillezeilen, beansprucht solche Adapter. Wenn Sie keine Braillezeile benutzen: sudo apt remove brltty. Ziehen Sie den Adapter dann ab und stecken Sie ihn wieder ein.",
    "{0} ({1}) is connected but has no port: its kernel driver is missing or did not bind. Check the last lines of: sudo dmesg. On a minimal kernel, install the extra modules package. Then unplug the adapter and plug it in again.":
      "{0} ({1}) ist angeschlossen, hat aber keinen Port: Sein Kernel-Treiber fehlt oder hat nicht gegriffen. Sehen Sie die letzten Zeilen von sudo dmesg an. Bei einem Minimal-Kernel installieren Sie das Paket mit den zusätzlichen Modulen. Ziehen Sie den Adapter dann ab und stecken Sie ihn wieder ein.",
    "Give the path of a regular file.": "Geben Sie den Pfad einer gewöhnlichen Datei an.",
    "{0} is a folder, not a file.": "{0} ist ein Ordner, keine Datei.",
    "{0} is a pipe, not a file.": "{0} ist eine Pipe, keine Datei.",
    "{0} is a socket, not a file.": "{0} ist ein Socket, keine Datei.",
    "{0} is a device, not a file.": "{0} ist ein Gerät, keine Datei.",
    "{0} has {1} bytes; plugsmith reads at most {2} here.": "{0} hat {1} Bytes; plugsmith liest hier höchstens {2}.",
    "The system reports: {0}": "Das System meldet: {0}",
    "Join the network yourself in the system settings, or use another transport.":
      "Verbinden Sie sich selbst in den Systemeinstellungen mit dem Netz, oder nehmen Sie einen anderen Übertragungsweg.",
    "This computer could not search for Wi-Fi networks.": "Dieser Computer konnte nicht nach WLANs suchen.",
    'This computer could not join "{0}".': "Dieser Computer konnte „{0}“ nicht beitreten.",
    'This computer could not join "{0}" again.': "Dieser Computer konnte „{0}“ nicht wieder beitreten.",
    'This computer could not prepare to join "{0}".': "Dieser Computer konnte den Beitritt zu „{0}“ nicht vorbereiten.",
    "plugsmith downloads firmware only over HTTPS.": "plugsmith lädt Firmware nur über HTTPS.",
    "{0} answered with HTTP status {1}.": "{0} hat mit HTTP-Status {1} geantwortet.",
    "{0} sends more than {1} bytes.": "{0} sendet mehr als {1} Bytes.",
    "Download stopped on request.": "Das Herunterladen wurde auf Wunsch abgebrochen.",
    "{0} stopped sending.": "{0} sendet nichts mehr.",
    "{0} cannot be reached.": "{0} ist nicht erreichbar.",
    "{0} redirects too many times.": "{0} leitet zu oft weiter.",
    "{0} redirects to an address without HTTPS. plugsmith does not follow it.":
      "{0} leitet auf eine Adresse ohne HTTPS weiter. plugsmith folgt dem nicht.",
    "Check the internet connection, or download the image on another computer and give its path. Nothing else needs the internet.":
      "Prüfen Sie die Internetverbindung, oder laden Sie das Image an einem anderen Computer und geben Sie seinen Pfad an. Sonst braucht nichts das Internet.",
    "Check the disk and the path, then run the command again.":
      "Prüfen Sie den Datenträger und den Pfad und geben Sie den Befehl erneut.",
    "Another run of plugsmith is using {0}.": "Ein anderer Lauf von plugsmith benutzt {0}.",
    "Wait until the other run ends, or stop it. Then try again.":
      "Warten Sie, bis der andere Lauf endet, oder stoppen Sie ihn. Versuchen Sie es dann erneut.",
    "{0} is only reachable from this computer: the plug cannot use it.":
      "{0} ist nur von diesem Computer aus erreichbar: Der Stecker kann es nicht benutzen.",
    "Give an address that the plug can reach. This computer's address in its network is {0}.":
      "Geben Sie eine Adresse an, die der Stecker erreicht. Die Adresse dieses Computers in seinem Netz ist {0}.",
    "Port {0} of this computer is in use by another program.":
      "Port {0} dieses Computers wird von einem anderen Programm benutzt.",
    "Port {0} cannot be opened at {1}: {2}.": "Port {0} lässt sich unter {1} nicht öffnen: {2}.",
    "Give another port, or leave it out to use a free one.":
      "Geben Sie einen anderen Port an, oder lassen Sie ihn weg: Dann wird ein freier benutzt.",
    "This computer has no route to {0}.": "Dieser Computer hat keine Route zu {0}.",
    "Check the network. Or leave out --serve: plugsmith then sends the image to the plug.":
      "Prüfen Sie das Netzwerk. Oder lassen Sie --serve weg: Dann sendet plugsmith das Image an den Stecker.",
    "plugsmith could not write the virtual plug's flash to {0}.":
      "plugsmith konnte den Flash des virtuellen Steckers nicht nach {0} schreiben.",
    "Free some disk space. The plug in the folder is as it was when writing failed.":
      "Schaffen Sie Platz auf dem Datenträger. Der Stecker im Ordner ist so, wie er beim Fehler war.",
    "{0} is the flash of another virtual plug that is running.":
      "{0} ist der Flash eines anderen virtuellen Steckers, der gerade läuft.",
    "Stop the other plug, or give this one its own file.":
      "Stoppen Sie den anderen, oder geben Sie diesem eine eigene Datei.",
    "{0} is a symbolic link that leads back to itself.":
      "{0} ist ein symbolischer Link, der zu sich selbst zurückführt.",
    "Give the path of the file itself.": "Geben Sie den Pfad der Datei selbst an.",
    "{0} refused the connection.": "{0} hat die Verbindung abgelehnt.",
    "{0} closed the connection.": "{0} hat die Verbindung geschlossen.",
    "The host {0} is not known.": "Der Host {0} ist nicht bekannt.",
    "The network of {0} cannot be reached.": "Das Netz von {0} ist nicht erreichbar.",
    "{0} gave no usable answer.": "{0} hat keine brauchbare Antwort gegeben.",
    "{0} gave no usable answer ({1}).": "{0} hat keine brauchbare Antwort gegeben ({1}).",
    "{0}: plugsmith lowers the adapter's latency timer from {1} ms to {2} ms and restores it at the end.":
      "{0}: plugsmith setzt den Latenz-Timer des Adapters von {1} ms auf {2} ms herab und stellt ihn am Ende zurück.",
    "{0}: the adapter's latency timer is {1} ms, and plugsmith could not lower it. It delays every answer of the chip, which makes reading slow. To lower it once, run: sudo setserial {2} low_latency. To lower it permanently, add this line to /etc/udev/rules.d/99-ftdi-latency.rules: {3}":
      "{0}: Der Latenz-Timer des Adapters steht auf {1} ms, und plugsmith konnte ihn nicht herabsetzen. Er verzögert jede Antwort des Chips und macht das Lesen langsam. Einmalig: sudo setserial {2} low_latency. Dauerhaft mit dieser Zeile in /etc/udev/rules.d/99-ftdi-latency.rules: {3}",
    "The serial port module does not load on this system ({0}, {1}).":
      "Das Modul für serielle Ports lässt sich auf diesem System nicht laden ({0}, {1}).",
    "Use rfc2217:// or tcp:// from this computer, or the virtual plug with --port sim:.":
      "Nehmen Sie von diesem Computer aus rfc2217:// oder tcp://, oder den virtuellen Stecker mit --port sim:.",
    "The MQTT broker at {0} rejected the user name or password.":
      "Der MQTT-Broker unter {0} hat Benutzername oder Passwort abgelehnt.",
    "Check the user name and password for the broker.": "Prüfen Sie Benutzername und Passwort für den Broker.",
    "The MQTT broker at {0} does not work ({1}).": "Der MQTT-Broker unter {0} funktioniert nicht ({1}).",
    "Check the broker's address, and that the broker is running.":
      "Prüfen Sie die Adresse des Brokers, und ob er läuft.",
    "The virtual plug is not a port of this computer.": "Der virtuelle Stecker ist kein Port dieses Computers.",
    "Create one with createBench from plugsmith/sim.": "Erzeugen Sie einen mit createBench aus plugsmith/sim.",
    "{0} did not confirm {1} baud.": "{0} hat {1} Baud nicht bestätigt.",
    "Check the server's configuration, or use a rate that it accepts.":
      "Prüfen Sie die Konfiguration des Servers, oder nehmen Sie eine Rate, die er annimmt.",
    "{0} offers {1} baud instead of {2}.": "{0} bietet {1} Baud statt {2}.",
    "Choose a rate that the remote adapter supports.": "Wählen Sie eine Rate, die der entfernte Adapter kann.",
    "{0} answers, but not with RFC 2217.": "{0} antwortet, aber nicht nach RFC 2217.",
    "Another client may be connected, if the server makes the second one wait. If it is a plain serial socket, use tcp://{0}:{1}. In ser2net, choose the telnet(rfc2217) accepter.":
      "Vielleicht ist ein anderer Client verbunden, falls der Server den zweiten warten lässt. Ist es ein einfacher serieller Socket, nehmen Sie tcp://{0}:{1}. In ser2net wählen Sie den Accepter telnet(rfc2217).",
    "You do not have permission to use {0}.": "Sie haben keine Berechtigung für {0}.",
    "There is no serial port {0}.": "Es gibt keinen seriellen Port {0}.",
    "{0} exists, but its driver does not work.": "{0} gibt es, aber sein Treiber funktioniert nicht.",
    "Install the adapter maker's current driver (FTDI, Silicon Labs, WCH, Prolific). Then unplug the adapter and plug it in again.":
      "Installieren Sie den aktuellen Treiber des Adapterherstellers (FTDI, Silicon Labs, WCH, Prolific). Ziehen Sie den Adapter dann ab und stecken Sie ihn wieder ein.",
    "{0} did not open: {1}.": "{0} ließ sich nicht öffnen: {1}.",
    "{0} is in use by another program.": "{0} wird von einem anderen Programm benutzt.",
    "{0} is in use by {1}.": "{0} wird benutzt von: {1}.",
    "ModemManager is running and probes new ports. Wait 30 seconds, or stop it with: sudo systemctl stop ModemManager":
      "ModemManager läuft und prüft neue Ports. Warten Sie 30 Sekunden, oder stoppen Sie ihn mit: sudo systemctl stop ModemManager",
    "Close the other program (a serial monitor, an editor's console, another flasher), then try again.":
      "Schließen Sie das andere Programm (einen seriellen Monitor, die Konsole eines Editors, ein anderes Flash-Programm) und versuchen Sie es erneut.",
    "Check the permissions of the device, or ask this computer's administrator.":
      "Prüfen Sie die Zugriffsrechte des Geräts, oder fragen Sie den Administrator dieses Computers.",
    "Only root can use {0}. Allow everyone who works at this computer to use it: add the line {1} to /etc/udev/rules.d/70-serial.rules. Then unplug the adapter and plug it in again.":
      "Nur root darf {0} benutzen. Erlauben Sie es allen, die an diesem Computer arbeiten: Fügen Sie die Zeile {1} in /etc/udev/rules.d/70-serial.rules ein. Ziehen Sie den Adapter dann ab und stecken Sie ihn wieder ein.",
    'You are in the group "{0}", but this session started before that. Log out and log in again.':
      "Sie sind in der Gruppe „{0}“, aber diese Sitzung hat vorher begonnen. Melden Sie sich ab und wieder an.",
    'Join the group "{0}": run sudo usermod -aG {1} $USER, then log out and log in again.':
      "Treten Sie der Gruppe „{0}“ bei: sudo usermod -aG {1} $USER, dann melden Sie sich ab und wieder an.",
    "Or allow everyone who works at this computer to use the port: add the line {0} to /etc/udev/rules.d/70-serial.rules.":
      "Oder erlauben Sie den Port allen, die an diesem Computer arbeiten: Fügen Sie die Zeile {0} in /etc/udev/rules.d/70-serial.rules ein.",
    "Run plugsmith ports to list the ports.": "plugsmith ports zeigt die Ports.",
    'If the adapter is missing, look for it in Device Manager under "Other devices" and install its maker\'s driver.':
      "Fehlt der Adapter, suchen Sie ihn im Geräte-Manager unter „Andere Geräte“ und installieren Sie den Treiber seines Herstellers.",
    "On macOS, the name starts with /dev/cu. CH34x adapters need WCH's driver before macOS 10.14.":
      "Unter macOS beginnt der Name mit /dev/cu. CH34x-Adapter brauchen vor macOS 10.14 den Treiber von WCH.",
    "Check that the cable carries data: many cables only charge.":
      "Prüfen Sie, ob das Kabel Daten überträgt: Viele Kabel laden nur.",
    "Writing to {0} failed.": "Das Schreiben auf {0} ist gescheitert.",
    "Waiting for {0} to send everything failed.": "Das Warten, bis {0} alles gesendet hat, ist gescheitert.",
    "{0} does not accept {1} baud.": "{0} nimmt {1} Baud nicht an.",
    "{0} does not accept DTR and RTS.": "{0} nimmt DTR und RTS nicht an.",
    "{0} runs at {1} baud instead of {2}.": "{0} läuft mit {1} Baud statt {2}.",
    "Choose a rate that the adapter supports.": "Wählen Sie eine Rate, die der Adapter kann.",
    "Cannot listen on {0}:{1}: {2}.": "Auf {0}:{1} lässt sich nicht lauschen: {2}.",
    "Choose another port, or 0 for any free one.": "Wählen Sie einen anderen Port, oder 0 für irgendeinen freien.",
    "No program serves {0}.": "Kein Programm bedient {0}.",
    "Start ser2net, esp-link or plugsmith sim there, and check the port number.":
      "Starten Sie dort ser2net, esp-link oder plugsmith sim, und prüfen Sie die Portnummer.",
    "The host of {0} is not known.": "Der Host von {0} ist nicht bekannt.",
    "Check the host name, or use the IP address.": "Prüfen Sie den Hostnamen, oder nehmen Sie die IP-Adresse.",
    "{0} did not answer.": "{0} hat nicht geantwortet.",
    "{0} did not answer ({1}).": "{0} hat nicht geantwortet ({1}).",
    "Check the address and the network.": "Prüfen Sie die Adresse und das Netzwerk.",
    "Cannot listen on {0}:{1}: another program uses this port.":
      "Auf {0}:{1} lässt sich nicht lauschen: Ein anderes Programm benutzt diesen Port.",
    "Search for the plug": "Den Stecker suchen",
    "1 recovery option": "1 Möglichkeit der Wiederherstellung",
    "{0} recovery options": "{0} Möglichkeiten der Wiederherstellung",
    "Option {0}, {1}: {2}. {3}": "Möglichkeit {0}, {1}: {2}. {3}",
    "done; searching again": "erledigt; es wird erneut gesucht",
    "the backup that was being restored is complete, byte for byte":
      "die zurückgeschriebene Sicherung ist vollständig, Byte für Byte",
    "found at {0}": "gefunden unter {0}",
    "Plug {0} joined the network, but plugsmith cannot find it there.":
      "Der Stecker {0} ist dem Netz beigetreten, aber plugsmith findet ihn dort nicht.",
    "in the network, as it reported itself": "im Netz, nach eigener Meldung",
    "Find its address in the router's device list, then run setup --address.":
      "Suchen Sie seine Adresse in der Geräteliste des Routers, dann starten Sie setup --address.",
    "Wires are still on the plug. Do not connect it to mains before you have completed the closing list.":
      "Am Stecker sind noch Litzen. Schließen Sie ihn nicht an Netzspannung an, bevor die Schließliste abgeschlossen ist.",
    "This deletes its settings; plugsmith sets them again afterwards. Use this option?":
      "Das löscht seine Einstellungen; plugsmith setzt sie danach wieder. Diese Möglichkeit nehmen?",
    "No, use another option": "Nein, eine andere Möglichkeit",
    "What do you see?": "Was sehen Sie?",
    "Which plug is it?": "Welcher Stecker ist es?",
    "A different one": "Ein anderer",
    "plugsmith cannot identify the plug on the wires; it may not be {0}.":
      "plugsmith kann den Stecker an den Litzen nicht erkennen; vielleicht ist es nicht {0}.",
    "There is no recovery option for this plug here.":
      "Hier gibt es für diesen Stecker keine Möglichkeit der Wiederherstellung.",
    "No recovery option is left. Tried without success: {0}.":
      "Es ist keine Möglichkeit mehr übrig. Ohne Erfolg probiert: {0}.",
    "Check the supply and the wires with plugsmith doctor. Then run rescue again with --firmware tasmota.bin.":
      "Prüfen Sie Versorgung und Litzen mit plugsmith doctor. Starten Sie rescue dann erneut mit --firmware tasmota.bin.",
    "Plug the USB adapter into the computer: it supplies the plug with power.":
      "Stecken Sie den USB-Adapter in den Computer: Er versorgt den Stecker mit Strom.",
    "There is no connection to {0}.": "Es gibt keine Verbindung zu {0}.",
    "The USB adapter is not connected.": "Der USB-Adapter ist nicht angeschlossen.",
    "The case is open, and plugsmith does not know which plug it is. The plug must not be connected to mains.":
      "Das Gehäuse ist offen, und plugsmith weiß nicht, welcher Stecker es ist. Er darf nicht an Netzspannung.",
    "Run rescue again with --plug and the plug's MAC address. It guides you through the closing list.":
      "Starten Sie rescue erneut mit --plug und der MAC-Adresse des Steckers. Es führt Sie durch die Schließliste.",
    "There is no record that this plug was ever open. Is its case closed as it was delivered, with no wire on the board?":
      "Nach den Aufzeichnungen war dieser Stecker nie offen. Ist sein Gehäuse zu wie bei der Lieferung, ohne Litze an der Platine?",
    "Does this computer or a phone show an open Wi-Fi network named {0}?":
      "Zeigt dieser Computer oder ein Telefon ein offenes WLAN namens {0}?",
    "These plugs answer. Which one is it? If its password is recorded here, plugsmith tries it there.":
      "Diese Stecker antworten. Welcher ist es? Ist sein Passwort hier aufgezeichnet, probiert plugsmith es dort.",
    "password required": "Passwort nötig",
    "None of them": "Keiner davon",
    "Password set; {0} pages and commands refuse access without it":
      "Passwort gesetzt; {0} Seiten und Befehle verweigern ohne es den Zugriff",
    attached: "angelötet",
    removed: "entfernt",
    "not attached": "nicht angelötet",
    "not allowed": "nicht erlaubt",
    "no backup": "keine Sicherung",

    "The workbench cannot yet compare a meter with another plug.":
      "Die Werkbank kann einen Zähler noch nicht mit einem anderen Stecker vergleichen.",
    "Calibrate later on the command line: plugsmith calibrate --reference {0}":
      "Kalibrieren Sie später auf der Befehlszeile: plugsmith calibrate --reference {0}",
    "Accident at the virtual bench: {0}": "Unfall am virtuellen Arbeitsplatz: {0}",
    "{0} The network of the virtual home is called {1}.": "{0} Das Netz des virtuellen Zuhauses heißt {1}.",
    "{0} The passphrase of the virtual home is: {1}": "{0} Das Passwort des virtuellen Zuhauses lautet: {1}",
    "{0} For the virtual meter, leave it empty.": "{0} Für das virtuelle Messgerät lassen Sie das Feld leer.",
    "{0} The label of the virtual heater says {1} W.": "{0} Auf dem Typenschild des virtuellen Heizgeräts steht {1} W.",
    "{0} The label of the virtual heater says 230 V.": "{0} Auf dem Typenschild des virtuellen Heizgeräts steht 230 V.",
    "The file is longer than the largest flash of an ESP8266, {0} bytes.":
      "Die Datei ist länger als der größte Flash eines ESP8266, {0} Byte.",
    "Choose the firmware image itself: the .bin file, not an archive.":
      "Wählen Sie das Firmware-Abbild selbst: die .bin-Datei, kein Archiv.",
    "There is no job {0}.": "Es gibt keinen Auftrag {0}.",
    "Check the jobs again: it ended long ago, or plugsmith was restarted.":
      "Sehen Sie die Aufträge noch einmal an: Er ist lange beendet, oder plugsmith wurde neu gestartet.",
    "The workbench's pages are missing in {0}.": "In {0} fehlen die Seiten der Werkbank.",
    "Build them with npm run build:web, or install plugsmith again.":
      "Bauen Sie sie mit npm run build:web, oder installieren Sie plugsmith neu.",
    "Port {0} of this computer is taken by another program.":
      "Port {0} dieses Rechners ist von einem anderen Programm belegt.",
    "Leave --port out, or choose another one.": "Lassen Sie --port weg, oder wählen Sie einen anderen.",
    "Skip to the instruction": "Zur Anweisung springen",
    "Practise once, then convert your plug.": "Üben Sie einmal, dann bauen Sie Ihren Stecker um.",
    "Practising takes ten minutes and nothing can break. The plug itself takes an afternoon: a saw, five wires, glue, and two measurements.":
      "Üben dauert zehn Minuten, und nichts kann kaputtgehen. Der Stecker selbst braucht einen Nachmittag: eine Säge, fünf Drähte, Kleber und zwei Messungen.",
    "Practise on a virtual plug": "Am virtuellen Stecker üben",
    "Convert a plug": "Einen Stecker umbauen",
    "This page is for practice only. To convert a real plug, run this on your computer: npx plugsmith ui.":
      "Auf dieser Seite können Sie nur üben. Um einen echten Stecker umzubauen, starten Sie auf Ihrem Computer: npx plugsmith ui.",
    "Before you pick up the saw": "Bevor Sie zur Säge greifen",
    "An insulation tester (500 V), or a repair café that has one. A multimeter cannot do this.":
      "Ein Isolationsmessgerät (500 V), oder ein Reparaturcafé, das eines hat. Ein Multimeter kann das nicht.",
    "A USB adapter that gives 3.3 V, never 5 V. None is plugged in now.":
      "Ein USB-Adapter mit 3,3 V, niemals 5 V. Jetzt ist keiner angesteckt.",
    "A USB adapter that gives 3.3 V, never 5 V. Plugged in now: {0}.":
      "Ein USB-Adapter mit 3,3 V, niemals 5 V. Jetzt angesteckt: {0}.",
    "A socket behind an RCD (30 mA) for the first time at mains.":
      "Für das erste Mal am Netz eine Steckdose hinter einem Fehlerstromschutzschalter (30 mA).",
    "Convert the next plug.": "Bauen Sie den nächsten Stecker um.",
    "On the bench now": "Jetzt in Arbeit",
    "Practice plug": "Übungsstecker",
    "A plug": "Ein Stecker",
    "waits for you": "wartet auf Sie",
    "is being worked on": "ist in Arbeit",
    Look: "Ansehen",
    "Not finished. Next: {0}": "Nicht fertig. Als Nächstes: {0}",
    "Go on": "Weiter",
    Begin: "Anfangen",
    "Needs your hand now": "Braucht jetzt Ihre Hand",
    virtual: "virtuell",
    "Stop here and go on another day": "Hier aufhören und ein andermal weitermachen",
    "plugsmith was restarted.": "plugsmith wurde inzwischen neu gestartet.",
    "Recorded steps are not repeated. Go on from the bench.":
      "Aufgezeichnete Schritte werden nicht wiederholt. Machen Sie auf der Startseite weiter.",
    "To the bench": "Zur Startseite",
    Adapters: "Adapter",
    "No USB adapter is plugged in.": "Es ist kein USB-Adapter angesteckt.",
    Adapter: "Adapter",
    Port: "Anschluss",
    "What is known about it": "Was darüber bekannt ist",
    "Its voltage and strength are not known. Measure it before you wire it: some give 5 V.":
      "Spannung und Belastbarkeit sind nicht bekannt. Messen Sie vor dem Verdrahten: Manche geben 5 V ab.",
    "plugsmith does not answer.": "plugsmith antwortet nicht.",
    "This page is not connected to plugsmith.": "Diese Seite ist nicht mit plugsmith verbunden.",
    "Run this command on this computer:": "Führen Sie auf diesem Rechner diesen Befehl aus:",
    "Recorded steps are not repeated.": "Aufgezeichnete Schritte werden nicht wiederholt.",
    "Connect again": "Neu verbinden",
    "Practise again from the beginning": "Noch einmal von vorn üben",
    "Go on where it stopped": "Dort weitermachen, wo es aufhörte",
    "The practice plug is converted.": "Der Übungsstecker ist umgebaut.",
    "The plug is converted: earth, insulation, meter and lock are tested.":
      "Der Stecker ist umgebaut: Schutzleiter, Isolation, Zähler und Zugang sind geprüft.",
    "Nothing real was touched. For your own plug, you get the same questions.":
      "Nichts Echtes wurde berührt. Bei Ihrem eigenen Stecker kommen dieselben Fragen.",
    "Print its certificate and keep it with the plug as long as you use it.":
      "Drucken Sie sein Prüfblatt aus und bewahren Sie es beim Stecker auf, solange Sie ihn benutzen.",
    "Save the certificate": "Das Prüfblatt speichern",
    "The file is being read.": "Die Datei wird gelesen.",
    "What the line says": "Was die Leitung sagt",
    "Listening changes nothing on the plug. Pull the adapter out and put it back as often as you like.":
      "Dieses Zuhören ändert am Stecker nichts. Ziehen Sie den Adapter ab und stecken Sie ihn wieder an, so oft Sie wollen.",
    Log: "Protokoll",
    "Plugs on record": "Verzeichnete Stecker",
    Search: "Suchen",
    Seen: "Gesehen",
    Certificate: "Prüfblatt",
    "No plug matches.": "Kein Stecker passt dazu.",
    Virtual: "Virtuell",
    sealed: "versiegelt",
    Save: "Speichern",
    Progress: "Fortschritt",
    "s left": "s übrig",
    "Do this now": "Tun Sie jetzt dies",
    "Measure this": "Messen Sie dies",
    "Is this so?": "Ist das so?",
    "Type this": "Geben Sie dies ein",
    "Words explained": "Begriffe erklärt",
    "As the display shows it, with its unit: 3.3 V or 3,3 V. If it shows OL, type OL.":
      "So, wie es die Anzeige zeigt, mit Einheit: 3.3 V oder 3,3 V. Zeigt sie OL, tippen Sie OL.",
    "As the display shows it, with its unit: 4.2 A or 4,2 A. If it shows OL, type OL.":
      "So, wie es die Anzeige zeigt, mit Einheit: 4.2 A oder 4,2 A. Zeigt sie OL, tippen Sie OL.",
    "As the display shows it, with its unit: 987 W or 0,987 kW. If it shows OL, type OL.":
      "So, wie es die Anzeige zeigt, mit Einheit: 987 W oder 0,987 kW. Zeigt sie OL, tippen Sie OL.",
    "As the display shows it, with its unit: 0.24 Ω or 0,24 Ω; ohm will do. If it shows OL, type OL.":
      "So, wie es die Anzeige zeigt, mit Einheit: 0.24 Ω oder 0,24 Ω; „ohm“ geht auch. Zeigt sie OL, tippen Sie OL.",
    "As the display shows it, with its unit: > 550 MΩ; megohm will do. If it shows OL, type OL.":
      "So, wie es die Anzeige zeigt, mit Einheit: > 550 MΩ; „megohm“ geht auch. Zeigt sie OL, tippen Sie OL.",
    "What the display shows": "Was die Anzeige zeigt",
    Enter: "Eingeben",
    Safety: "Sicherheit",
    "proven: the chip's digest is right": "nachgewiesen: die Prüfsumme des Chips stimmt",
    "written, not yet checked": "geschrieben, noch nicht geprüft",
    erased: "gelöscht",
    "read: old, in the backup": "gelesen: alt, in der Sicherung",
    "blank before": "war leer",
    "kept: already correct": "blieb: stimmt schon",
    "The flash: 256 sectors of 4 KiB. The numbers at the left are KiB from its start.":
      "Der Flash: 256 Sektoren zu 4 KiB. Die Zahlen links sind KiB ab seinem Anfang.",
    "Flash map: {0}": "Karte des Flashs: {0}",
    "not looked at yet": "noch nicht angesehen",
    From: "Von",
    To: "Bis",
    Sectors: "Sektoren",
    State: "Zustand",
    "Step {0} of {1}": "Schritt {0} von {1}",
    "All steps": "Alle Schritte",
    "Remaining: about {0} minutes for you and {1} for the computer.":
      "Noch etwa {0} Minuten für Sie und {1} für den Rechner.",
    now: "jetzt",
    "you, {0}": "Sie, {0}",
    Page: "Seite",
    Dark: "Dunkel",
    Light: "Hell",
    "Your answer": "Ihre Antwort",
    "Leave empty": "Leer lassen",
    "Show what I type": "Eingabe anzeigen",
    "The wires between adapter and board": "Die Drähte zwischen Adapter und Platine",
    "Left the USB adapter with 3.3 V, TX, RX and GND; right the board. The adapter's TX goes to the board's RX and its RX to the board's TX. A wire from GPIO0 of the board goes through a push button to GND.":
      "Links der USB-Adapter mit 3,3 V, TX, RX und GND, rechts die Platine. TX des Adapters geht an RX der Platine, RX des Adapters an TX der Platine. Ein Draht führt von GPIO0 der Platine über einen Taster nach GND.",
    "USB adapter": "USB-Adapter",
    Board: "Platine",
    button: "Taster",
    "press it first": "zuerst drücken",
    "pin {0}": "Pin {0}",
    "Schematic: your pads are where the meter beeped.":
      "Schema: Ihre Lötflächen sind dort, wo das Messgerät gepiept hat.",
    "If the cable comes out, nothing is lost: the old firmware is in the backup, checked and sealed.":
      "Wenn das Kabel herausrutscht, ist nichts verloren: Die alte Firmware ist in der Sicherung, geprüft und versiegelt.",
    "The chip is being looked for.": "Der Chip wird gesucht.",
    "There is nothing to click: the page notices by itself.": "Sie müssen nichts anklicken: Die Seite merkt es selbst.",
    "The old firmware is being read. Leave the wires and the adapter alone.":
      "Die alte Firmware wird gelesen. Lassen Sie Drähte und Adapter in Ruhe.",
    "If the cable comes out, plug it in again: what was read stays.":
      "Wenn das Kabel herausrutscht, stecken Sie es wieder an: Was gelesen ist, bleibt.",
    "Tasmota is being written. Leave the wires and the adapter alone.":
      "Tasmota wird geschrieben. Lassen Sie Drähte und Adapter in Ruhe.",
    "Tasmota starts for the first time.": "Tasmota startet zum ersten Mal.",
    "This takes some seconds.": "Das dauert einige Sekunden.",
    "The plug joins your Wi-Fi.": "Der Stecker meldet sich in Ihrem WLAN an.",
    "This takes up to a minute.": "Das dauert bis zu einer Minute.",
    "The plug is being looked for in your network.": "Der Stecker wird in Ihrem Netz gesucht.",
    "The plug is being set up.": "Der Stecker wird eingerichtet.",
    "Template, names and limits.": "Vorlage, Namen und Grenzwerte.",
    "The plug is being locked.": "Der Stecker wird abgesichert.",
    "A password is set, and every page is tried without it.":
      "Ein Passwort wird gesetzt, und jede Seite wird ohne dieses versucht.",
    "Every setting is read back.": "Jede Einstellung wird zurückgelesen.",
    "Settings that are not as they should be are listed.": "Einstellungen, die nicht stimmen, werden aufgeführt.",
    "The meter is being read. Leave the load as it is.": "Der Zähler wird abgelesen. Lassen Sie die Last, wie sie ist.",
    "The readings have to be steady first.": "Die Messwerte müssen erst ruhig sein.",
    "The certificate is being written.": "Das Prüfblatt wird geschrieben.",
    "One page for the plug's life.": "Eine Seite für das ganze Leben des Steckers.",
    "plugsmith is working.": "plugsmith arbeitet.",
    "You do not have to do anything now.": "Für Sie ist jetzt nichts zu tun.",
    Map: "Karte",
    "As text": "Als Text",
    View: "Ansicht",
    "Open, solder, measure": "Öffnen, löten, messen",
    "Find the chip": "Den Chip finden",
    "Back up the flash": "Den Flash sichern",
    "Write Tasmota": "Tasmota schreiben",
    "First start": "Erster Start",
    "Join the Wi-Fi": "Ins WLAN",
    "Set up and lock": "Einrichten, absichern",
    "Check everything": "Alles prüfen",
    "Close the case": "Gehäuse schließen",
    "First mains, meter": "Erstmals ans Netz, Zähler",
    Case: "Gehäuse",
    "not opened": "nicht geöffnet",
    Wires: "Drähte",
    Accidents: "Unfälle",
    Mains: "Netz",
    "allowed now": "jetzt erlaubt",
    "not now": "jetzt nicht",
    "Nothing here is live.": "Hier steht nichts unter Spannung.",
    "Mains is on the wires. Pull the plug out of its socket now.":
      "An den Drähten liegt Netzspannung. Ziehen Sie den Stecker jetzt aus der Steckdose.",
    "Mains is allowed in this step: behind an RCD.":
      "In diesem Schritt ist das Netz erlaubt: hinter einem Fehlerstromschutzschalter.",
    "The case is closed and tested.": "Das Gehäuse ist geschlossen und geprüft.",
    "Keep this plug out of every socket.": "Dieser Stecker darf in keine Steckdose.",
    "This is a bug in plugsmith: {0}": "Das ist ein Fehler in plugsmith: {0}",
    "Reload the page. Recorded steps are not repeated. Then report the bug.":
      "Laden Sie die Seite neu. Aufgezeichnete Schritte werden nicht wiederholt. Melden Sie dann den Fehler.",
    "This page cannot convert a real plug: it cannot make sure that the backup is saved outside the browser.":
      "Auf dieser Seite können Sie keinen echten Stecker umbauen: Sie kann nicht sicherstellen, dass die Sicherung außerhalb des Browsers gespeichert ist.",
    "To convert a real plug, run this on your computer: npx plugsmith ui":
      "Um einen echten Stecker umzubauen, starten Sie auf Ihrem Computer: npx plugsmith ui",
    "The chip was lost at {0} baud and does not answer at any rate.":
      "Bei {0} Baud ging die Verbindung zum Chip verloren, und bei keiner Rate kommt eine Antwort.",
    "The boot ROM was lost at {0} baud and does not answer at any rate.":
      "Bei {0} Baud ging die Verbindung zum Boot-ROM verloren, und bei keiner Rate kommt eine Antwort.",
    "The {0} readings in this order, with their units:": "Die {0} Messwerte in dieser Reihenfolge, mit Einheit:",
    "Type steps to see each of them by itself.": "Geben Sie schritte ein, um jeden einzeln zu sehen.",
    "Type all if it is true (no: not yet; stop):": "alle eingeben, wenn es zutrifft (nein: noch nicht; stopp):",
    "Numbers of what is true, or all (no: none yet; stop):":
      "Nummern dessen, was zutrifft, oder alle (nein: noch nichts; stopp):",
    "Enter alone confirms nothing. Type all if it is true, no if it is not true yet.":
      "Die Eingabetaste allein bestätigt nichts. Geben Sie alle ein, wenn es zutrifft, und nein, wenn es noch nicht zutrifft.",
    "Enter alone confirms nothing. Type the numbers of what is true, such as 1 3, or all.":
      "Die Eingabetaste allein bestätigt nichts. Geben Sie die Nummern dessen ein, was zutrifft, zum Beispiel 1 3, oder alle.",
    '"{0}" is not an answer here. Type all if it is true, no if it is not true yet, or stop.':
      "„{0}“ passt hier nicht. Geben Sie alle ein, wenn es zutrifft, nein, wenn es noch nicht zutrifft, oder stopp.",
    '"{0}" is not an answer here. Type the numbers of what is true, such as 1 3; all; no for none of them; or stop.':
      "„{0}“ passt hier nicht. Geben Sie die Nummern dessen ein, was zutrifft, zum Beispiel 1 3; alle; nein für nichts davon; oder stopp.",
    "There is no number {0} in this list.": "Diese Liste hat keine Nummer {0}.",
    "More readings were typed than the {0} that are asked for. Type them in this order, such as {1}.":
      "Es wurden mehr Messwerte eingegeben als die {0} gefragten. Geben Sie sie in dieser Reihenfolge ein, zum Beispiel {1}.",
    "This reading is missing: {0}, for example.": "Dieser Messwert fehlt, zum Beispiel {0}.",
    Confirmed: "Bestätigt",
    "Put this right first.": "Bringen Sie das zuerst in Ordnung.",
    "plugsmith waits here. Is it so now?": "plugsmith wartet hier. Trifft es jetzt zu?",
    "Before anything goes over the wires. Which of these are true?":
      "Bevor etwas über die Drähte geht: Was davon trifft zu?",
    "Before the saw. Which of these are true?": "Vor dem Sägen: Was davon trifft zu?",
    "Wires and mains must never be connected at the same time. The plug is out of its socket and stays out.":
      "Drähte und Netzspannung dürfen nie gleichzeitig angeschlossen sein. Der Stecker ist aus der Steckdose und bleibt draußen.",
    "Take the plug out of its socket.": "Ziehen Sie den Stecker aus der Steckdose.",
    "The plug is open, its wires are soldered to the board, and the adapter is out of the computer.":
      "Der Stecker ist offen, die Drähte sind an die Platine gelötet, und der Adapter steckt nicht im Computer.",
    "Solder the wires and pull the adapter out. For guidance, stop here and run it again without --wired.":
      "Löten Sie die Drähte an und ziehen Sie den Adapter ab. Für eine Anleitung brechen Sie hier ab und rufen den Befehl ohne --wired auf.",
    "I have an insulation tester with 500 V DC, or know where to borrow one, such as a workshop or a repair café. (A multimeter cannot do this test.)":
      "Ich habe ein Isolationsmessgerät mit 500 V Gleichspannung oder weiß, wo ich eines leihen kann, zum Beispiel in einer Werkstatt oder einem Repair-Café. (Ein Multimeter kann diese Prüfung nicht.)",
    "Without an insulation tester, the plug cannot be tested after closing, and an untested plug must not be connected to mains. Leave it closed until you have one, or type stop.":
      "Ohne Isolationsmessgerät lässt sich der Stecker nach dem Schließen nicht prüfen, und ungeprüft darf er nicht ans Netz. Lassen Sie ihn geschlossen, bis Sie eines haben, oder geben Sie stopp ein.",
    "I have a socket behind an RCD of 30 mA (a portable RCD will do), or a filament bulb in series, for the first time at mains.":
      "Ich habe für das erste Mal am Netz eine Steckdose hinter einem Fehlerstromschutzschalter mit 30 mA (ein ortsveränderlicher genügt) oder eine Glühlampe in Reihe.",
    "Without a protected socket the plug cannot be tried out safely. Leave it closed until you have one, or type stop.":
      "Ohne geschützte Steckdose lässt sich der Stecker nicht sicher ausprobieren. Lassen Sie ihn geschlossen, bis Sie eine haben, oder geben Sie stopp ein.",
    "The plug is not known to be open and wired.": "Es ist nicht bestätigt, dass der Stecker offen und verdrahtet ist.",
    "Run it again without --wired: it goes through opening and wiring with you.":
      "Rufen Sie den Befehl ohne --wired noch einmal auf. Er leitet Sie durch Öffnen und Verdrahten.",
    "Two values from the insulation tester: what it is set to, and what it shows.":
      "Zwei Werte vom Isolationsmessgerät: worauf es eingestellt ist und was es anzeigt.",
    "Which of these are true now?": "Was davon trifft jetzt zu?",
    "Correct it, then run the same command again. It continues with what is still open.":
      "Bringen Sie es in Ordnung und rufen Sie denselben Befehl noch einmal auf. Er macht mit dem weiter, was noch offen ist.",
    "At the protected socket, in this order:": "An der geschützten Steckdose, in dieser Reihenfolge:",
    "The plug is not at mains yet.": "Der Stecker ist noch nicht am Netz.",
    "Plug it into the protected socket, then give the same command again.":
      "Stecken Sie ihn in die geschützte Steckdose und rufen Sie denselben Befehl noch einmal auf.",
    "Two readings with the multimeter on its lowest Ω range, as the display shows them; plugsmith subtracts the leads:":
      "Zwei Messwerte mit dem Multimeter im kleinsten Ω-Bereich, so wie die Anzeige sie zeigt; plugsmith zieht die Messleitungen ab:",
    "Measure:": "Messen Sie:",
    "Read them at one moment:": "Lesen Sie alles im selben Augenblick ab:",
    "For the first start, in this order:": "Für den ersten Start, in dieser Reihenfolge:",
    "The first start follows at mains. Now, in this order:":
      "Der erste Start folgt am Netz. Jetzt, in dieser Reihenfolge:",
    "Not done yet: {0}": "Noch nicht getan: {0}",
    "Do it, then give the same command again.": "Holen Sie es nach und rufen Sie denselben Befehl noch einmal auf.",
    "With the plug at mains:": "Mit dem Stecker am Netz:",
    "Switch the load on, and wait until the reading is steady: a heater needs a minute or two to warm up.":
      "Schalten Sie die Last ein und warten Sie, bis die Anzeige ruhig steht: Ein Heizgerät braucht ein bis zwei Minuten zum Aufwärmen.",
    "The same settings as for the last plug?": "Dieselben Einstellungen wie beim letzten Stecker?",
    'To use all of it, type the passphrase of "{0}". To change something, press Enter alone.':
      "Um alles zu übernehmen, geben Sie das Passwort von „{0}“ ein. Um etwas zu ändern, drücken Sie nur die Eingabetaste.",
    "MAC address: not looked up before opening, as for the last plug":
      "MAC-Adresse: vor dem Öffnen nicht nachgesehen, wie beim letzten Stecker",
    "MAC address: begins with {0}, as the last plug's": "MAC-Adresse: beginnt mit {0}, wie beim letzten Stecker",
    'The question "{0}" needs this many numbers: {1}.': "Die Frage „{0}“ braucht so viele Zahlen: {1}.",
    'The question "{0}" needs those of its items that are true. Its items: {1}.':
      "Die Frage „{0}“ braucht die Punkte, die zutreffen. Ihre Punkte: {1}.",
    "All of this is true": "Das alles trifft zu",
    "The rest is not true yet": "Der Rest trifft noch nicht zu",
    "Stop here": "Hier abbrechen",
    "Which of these are true?": "Was davon trifft zu?",
    "In this order, each with its unit: 0.21 Ω; 0.33 Ω": "In dieser Reihenfolge, jeweils mit Einheit: 0,21 Ω; 0,33 Ω",
    "Espressif, ESP8285 Datasheet, chapter Pin Definitions (QFN32, top view, pin 1 at the dot, counted anticlockwise)":
      "Espressif, ESP8285 Datasheet, Kapitel Pin Definitions (QFN32, von oben gesehen, Pin 1 am Punkt, gegen den Uhrzeigersinn gezählt)",
    "Espressif, ESP8285 Datasheet and ESP8266EX Datasheet, chapter Pin Definitions (QFN32, top view, pin 1 at the dot, counted anticlockwise); the same pins in both":
      "Espressif, ESP8285 Datasheet und ESP8266EX Datasheet, Kapitel Pin Definitions (QFN32, von oben gesehen, Pin 1 am Punkt, gegen den Uhrzeigersinn gezählt); in beiden dieselben Pins",
    "10 A at 230 V": "10 A bei 230 V",
    "2300 W at 230 V, as sold; ESPHome device list, Blitzwolf BW-SHP6: 10 A version":
      "2300 W bei 230 V, laut Verkaufsangabe; ESPHome-Geräteliste, Blitzwolf BW-SHP6: 10-A-Version",
    "3450 W at 230 V, from the label, according to the Tasmota Supported Devices Repository":
      "3450 W bei 230 V, vom Typenschild, laut Tasmota Supported Devices Repository",
    "DIN VDE 0701-0702:2008, insulation is tested with 500 V DC":
      "DIN VDE 0701-0702:2008, die Isolation wird mit 500 V DC geprüft",
    "DIN VDE 0701-0702:2008, insulation resistance of protection class I equipment: at least 1 MΩ at 500 V DC":
      "DIN VDE 0701-0702:2008, Isolationswiderstand von Geräten der Schutzklasse I: mindestens 1 MΩ bei 500 V DC",
    "DIN VDE 0701-0702:2008, protective conductor resistance: at most 0.3 Ω for equipment with a cord up to 5 m":
      "DIN VDE 0701-0702:2008, Schutzleiterwiderstand: höchstens 0,3 Ω für Geräte mit einer Leitung bis 5 m",
    "Espressif, ESP8285 Datasheet, Electrical Characteristics: VDD 2.7 to 3.6 V; below 3.0 V there is no reserve for voltage dips":
      "Espressif, ESP8285 Datasheet, Electrical Characteristics: VDD 2,7 bis 3,6 V; unter 3,0 V bleibt keine Reserve für Spannungseinbrüche",
    "Espressif, ESP8285 Datasheet, Electrical Characteristics: digital inputs at most 3.6 V, high from 0.75 of the supply":
      "Espressif, ESP8285 Datasheet, Electrical Characteristics: digitale Eingänge höchstens 3,6 V, High ab dem 0,75-Fachen der Versorgung",
    "as sold; nominal mains voltage in Europe (EN 50160)": "laut Verkaufsangabe; Nennspannung in Europa (EN 50160)",
    "choice of this project: boards read a few hundred ohms or more, a solder bridge almost 0 Ω":
      "Festlegung dieses Projekts: Platinen zeigen einige Hundert Ohm oder mehr, eine Lötbrücke fast 0 Ω",
    "labelled 3450W max (Tasmota Supported Devices Repository, Gosund SP111 v1.1), which is 15 A at 230 V":
      "Aufdruck „3450W max“ (Tasmota Supported Devices Repository, Gosund SP111 v1.1), das sind 15 A bei 230 V",
    "labelled 3450W max, according to the Tasmota Supported Devices Repository":
      "Aufdruck „3450W max“, laut Tasmota Supported Devices Repository",
    "sold as a 10 A plug; published template list, Gosund EP2":
      "als Stecker für 10 A verkauft; veröffentlichte Template-Liste, Gosund EP2",
    "the maker's product page is named 2300W-EU-WIFI-Smart-Socket (linked from the Tasmota Supported Devices Repository)":
      "die Produktseite des Herstellers heißt 2300W-EU-WIFI-Smart-Socket (verlinkt im Tasmota Supported Devices Repository)",
    "the maker's product page is named 2300W-EU-WIFI-Smart-Socket":
      "die Produktseite des Herstellers heißt 2300W-EU-WIFI-Smart-Socket",
    "10 A at 230 V: above that the relay opens": "10 A bei 230 V: darüber öffnet das Relais",
    "a reading every minute": "jede Minute ein Messwert",
    "after a power cut the plug returns to its previous state":
      "nach einem Stromausfall kehrt der Stecker in den vorherigen Zustand zurück",
    "as labelled: above that the relay opens": "laut Aufdruck: darüber öffnet das Relais",
    "as sold, 2300 W: above that the relay opens": "laut Verkaufsangabe 2300 W: darüber öffnet das Relais",
    "power cycles can still reset the plug (the 7th quick one)":
      "mehrmaliges Aus- und Einschalten setzt den Stecker weiterhin zurück (das 7. schnelle)",
    "seconds over the limit before the relay opens": "Sekunden über dem Grenzwert, bis das Relais öffnet",
    "settings are saved within a second; with 0 the calibration would be lost silently":
      "Einstellungen werden binnen einer Sekunde gespeichert; mit 0 ginge die Kalibrierung unbemerkt verloren",
    "the LED on GPIO0 shows the relay": "die LED an GPIO0 zeigt das Relais",
    "the button can still reset the plug (hold for 40 s)": "die Taste setzt den Stecker weiterhin zurück (40 s halten)",
    "the button switches the relay; some upgrades detach it":
      "die Taste schaltet das Relais; manche Upgrades lösen sie davon",
    "the power state is saved, as PowerOnState 3 requires":
      "der Schaltzustand wird gespeichert, wie PowerOnState 3 es verlangt",
    // Doctor, images, firmware.
    "The archive was written by a newer plugsmith (version {0}).":
      "Das Archiv stammt von einem neueren plugsmith (Version {0}).",
    "The archive cannot be used: {0}.": "Das Archiv ist nicht verwendbar: {0}.",
    "Copy the archive again, or export the plug again.":
      "Kopieren Sie das Archiv noch einmal, oder exportieren Sie den Stecker erneut.",
    "Wires were attached to this plug's board on {0} at {1} UTC. The closing list has not been completed since.":
      "An der Platine dieses Steckers waren am {0} um {1} UTC Litzen angeschlossen. Die Schließliste ist seitdem nicht abgeschlossen worden.",
    "Wires were attached to this plug's board on {0} at {1} UTC ({2}). The closing list has not been completed since.":
      "An der Platine dieses Steckers waren am {0} um {1} UTC Litzen angeschlossen ({2}). Die Schließliste ist seitdem nicht abgeschlossen worden.",
    "Wires were attached to the board of {0} on {1} at {2} UTC. The closing list has not been completed since.":
      "An der Platine von {0} waren am {1} um {2} UTC Litzen angeschlossen. Die Schließliste ist seitdem nicht abgeschlossen worden.",
    "Wires were attached to the board of {0} on {1} at {2} UTC ({3}). The closing list has not been completed since.":
      "An der Platine von {0} waren am {1} um {2} UTC Litzen angeschlossen ({3}). Die Schließliste ist seitdem nicht abgeschlossen worden.",
    "The adapter is an {0}: its own 3.3 V pin gives {1} mA. That is enough to flash the chip. A firmware with Wi-Fi needs {2} mA and more: run it from another 3.3 V supply, or set up its Wi-Fi after closing the case.":
      "Der Adapter ist ein {0}: Sein 3,3-V-Anschluss liefert {1} mA. Zum Flashen reicht das. Eine Firmware mit WLAN braucht {2} mA und mehr: Versorgen Sie sie aus einem anderen 3,3-V-Netzteil, oder richten Sie das WLAN erst bei geschlossenem Gehäuse ein.",
    "The chip reports how it started within its first tenth of a second. If the adapter is the supply, that is over before the computer has detected the adapter. To see it: leave the adapter plugged in, disconnect the wire from the chip's RX, disconnect the 3.3 V for three seconds, reconnect it, then reconnect RX.":
      "Der Chip meldet in der ersten Zehntelsekunde, wie er gestartet ist. Versorgt ihn der Adapter, ist das vorbei, bevor der Computer den Adapter erkannt hat. So wird es sichtbar: Lassen Sie den Adapter stecken, lösen Sie die Litze von RX des Chips, trennen Sie die 3,3 V für drei Sekunden, schließen Sie sie wieder an, dann auch RX.",
    "Hold GPIO0 to ground, disconnect the 3.3 V and reconnect it, and keep holding GPIO0 until the chip answers.":
      "Halten Sie GPIO0 an GND, trennen Sie die 3,3 V und schließen Sie sie wieder an. Halten Sie GPIO0 weiter an GND, bis der Chip antwortet.",
    "No signal at all.": "Gar kein Signal.",
    "the plug has no 3.3 V": "am Stecker liegen keine 3,3 V an",
    "Measure between the chip's Vcc and ground: there must be 3.3 V.":
      "Messen Sie zwischen Vcc des Chips und GND: Dort müssen 3,3 V anliegen.",
    "RX and TX are not crossed": "RX und TX sind nicht gekreuzt",
    "Swap the wires at the adapter's RX and TX.": "Vertauschen Sie die Litzen an RX und TX des Adapters.",
    "the wire from the chip's TX, or ground, is open":
      "die Litze von TX des Chips oder die GND-Leitung ist unterbrochen",
    "Check the wires at the chip's TX and at ground for continuity.":
      "Prüfen Sie die Litzen an TX des Chips und an GND auf Durchgang.",
    "a firmware is running silently: GPIO0 was not at ground when the power came on":
      "eine Firmware läuft, ohne etwas zu senden: GPIO0 lag beim Einschalten nicht an GND",
    "the chip hangs: without power, it was fed by the adapter's TX through RX":
      "der Chip hängt: Ohne Versorgung hat ihn TX des Adapters über RX gespeist",
    "Pull the adapter out, wait three seconds, and plug it in again with GPIO0 at ground.":
      "Ziehen Sie den Adapter ab, warten Sie drei Sekunden und stecken Sie ihn wieder ein, mit GPIO0 an GND.",
    "the chip is not an Espressif one": "der Chip ist nicht von Espressif",
    "Read what is printed on the chip.": "Lesen Sie den Aufdruck des Chips.",
    "The adapter receives what it sends.": "Der Adapter empfängt, was er selbst sendet.",
    "solder or a wire joins RX and TX": "Lötzinn oder eine Litze verbindet RX und TX",
    "Look for a bridge between the RX and TX pads and wires, and separate them.":
      "Suchen Sie eine Lötbrücke zwischen den Pads und Litzen von RX und TX und trennen Sie sie.",
    "the wires are swapped on one side only, so that both end at the same pin":
      "die Litzen sind nur auf einer Seite vertauscht und enden beide am selben Pin",
    "Follow both wires from end to end: adapter TX to chip RX, chip TX to adapter RX.":
      "Verfolgen Sie beide Litzen von Ende zu Ende: TX des Adapters an RX des Chips, TX des Chips an RX des Adapters.",
    "a jumper on the adapter joins its RX and TX": "ein Jumper am Adapter verbindet dessen RX und TX",
    "Take the jumper off.": "Ziehen Sie den Jumper ab.",
    "The chip's watchdog reset it, and it started in download mode: the firmware never ran, because GPIO0 was at ground.":
      "Der Watchdog hat den Chip zurückgesetzt, und der Chip ist im Download-Modus gestartet: Die Firmware lief nie, weil GPIO0 an GND lag.",
    "The chip started in download mode.": "Der Chip ist im Download-Modus gestartet.",
    "Wait: plugsmith is connecting to it.": "Warten Sie: plugsmith verbindet sich mit ihm.",
    "The chip is in download mode and sends, but it does not answer.":
      "Der Chip ist im Download-Modus und sendet, antwortet aber nicht.",
    "the adapter's TX does not reach the chip's RX": "TX des Adapters erreicht RX des Chips nicht",
    "Check the wire from the adapter's TX to the chip's RX for continuity.":
      "Prüfen Sie die Litze von TX des Adapters zu RX des Chips auf Durchgang.",
    "the chip took a wrong rate from a disturbance on RX":
      "der Chip hat wegen einer Störung auf RX eine falsche Baudrate erkannt",
    "the adapter's TX does not swing between 0 and 3.3 V": "TX des Adapters wechselt nicht zwischen 0 und 3,3 V",
    "Measure the adapter's TX while nothing is sent: it must be at 3.3 V.":
      "Messen Sie TX des Adapters, während nichts gesendet wird: Es müssen 3,3 V sein.",
    "The chip's watchdog reset it once. It started from its flash, not in download mode.":
      "Der Watchdog hat den Chip einmal zurückgesetzt. Er ist aus dem Flash gestartet, nicht im Download-Modus.",
    "The chip's watchdog reset it once. It started from its flash, not in download mode: {0} starts a firmware.":
      "Der Watchdog hat den Chip einmal zurückgesetzt. Er ist aus dem Flash gestartet, nicht im Download-Modus: {0} startet eine Firmware.",
    "The chip started from its flash, not in download mode.":
      "Der Chip ist aus dem Flash gestartet, nicht im Download-Modus.",
    "The chip started from its flash, not in download mode: {0} starts a firmware.":
      "Der Chip ist aus dem Flash gestartet, nicht im Download-Modus: {0} startet eine Firmware.",
    "GPIO0 was not at ground when the power came on": "GPIO0 lag beim Einschalten nicht an GND",
    "the GPIO0 wire sits on another pad, or its joint is open":
      "die Litze für GPIO0 sitzt auf einem anderen Pad, oder ihre Lötstelle hat keinen Kontakt",
    "Check GPIO0's wire for continuity to the chip's pin and to ground.":
      "Prüfen Sie die Litze von GPIO0 auf Durchgang zum Pin des Chips und zu GND.",
    "the firmware hung, so that the watchdog reset the chip":
      "die Firmware hing, worauf der Watchdog den Chip zurückgesetzt hat",
    "The chip starts in download mode again and again, before any firmware runs.":
      "Der Chip startet immer wieder im Download-Modus, bevor eine Firmware läuft.",
    "The firmware crashes and starts again and again: {0}.":
      "Die Firmware stürzt immer wieder ab und startet neu: {0}.",
    "The chip's watchdog starts it again and again.": "Der Watchdog startet den Chip immer wieder neu.",
    "The chip starts again and again: each time its boot text, then nothing more.":
      "Der Chip startet immer wieder neu: jedes Mal der Boot-Text, danach nichts mehr.",
    "the 3.3 V sags when the firmware switches its radio on, and the chip browns out":
      "die 3,3 V brechen ein, wenn die Firmware das Funkmodul einschaltet, und der Chip setzt aus",
    "Give the plug 3.3 V from a supply that can give 500 mA; in download mode the chip needs far less.":
      "Versorgen Sie den Stecker mit 3,3 V aus einem Netzteil, das 500 mA liefern kann; im Download-Modus braucht der Chip viel weniger.",
    "the firmware in its flash is damaged or half written":
      "die Firmware im Flash ist beschädigt oder nur halb geschrieben",
    "the Vcc or the ground wire has a loose joint": "die Litze für Vcc oder GND hat einen Wackelkontakt",
    "Move the Vcc and ground wires gently while watching: renew the joint that makes a difference.":
      "Bewegen Sie die Litzen für Vcc und GND vorsichtig und beobachten Sie dabei die Anzeige: Löten Sie die Stelle nach, an der sich etwas ändert.",
    "something pulls the chip's reset pin to ground": "etwas zieht den Reset-Pin des Chips an GND",
    "Take any wire off the chip's RST and EN, or use --no-reset-wires.":
      "Entfernen Sie jede Litze von RST und EN des Chips, oder benutzen Sie --no-reset-wires.",
    "There is nothing to start: the boot ROM gave up after an incomplete reset.":
      "Es gibt nichts zu starten: Das Boot-ROM hat nach einem unvollständigen Reset aufgegeben.",
    "There is nothing to start: the boot ROM finds no firmware in the flash that it can load.":
      "Es gibt nichts zu starten: Das Boot-ROM findet im Flash keine Firmware, die es laden kann.",
    "There is nothing to start: {0} finds no firmware in the flash that it can load.":
      "Es gibt nichts zu starten: {0} findet im Flash keine ladbare Firmware.",
    "the image in the flash is damaged, half written or missing":
      "das Image im Flash ist beschädigt, halb geschrieben oder fehlt",
    "Then write the firmware, or restore the backup.":
      "Schreiben Sie dann die Firmware, oder spielen Sie die Sicherung zurück.",
    "the image was written in a flash mode that the part does not support (QIO or QOUT for one that needs DIO or DOUT)":
      "das Image wurde in einem Flash-Modus geschrieben, den der Baustein nicht unterstützt (QIO oder QOUT, wo DIO oder DOUT nötig ist)",
    "Write the image in flash mode DOUT.": "Schreiben Sie das Image im Flash-Modus DOUT.",
    "the program restarted the chip while GPIO0 was at ground, which leads neither to download mode nor to a firmware":
      "das Programm hat den Chip neu gestartet, während GPIO0 an GND lag: Das führt weder in den Download-Modus noch zu einer Firmware",
    "the chip was not fully reset, as when it wakes from deep sleep":
      "der Chip wurde nicht vollständig zurückgesetzt, wie beim Aufwachen aus dem Deep Sleep",
    "Disconnect the 3.3 V for three seconds, then reconnect it.":
      "Trennen Sie die 3,3 V für drei Sekunden und schließen Sie sie dann wieder an.",
    "GPIO15 was high when the chip started: it waits for a host on SDIO, and starts neither its flash nor download mode.":
      "GPIO15 war beim Start High: Der Chip wartet auf einen Host am SDIO und startet weder aus dem Flash noch im Download-Modus.",
    "GPIO15 is not held to ground: the resistor that does so is open or missing":
      "GPIO15 liegt nicht an GND: Der Pull-down-Widerstand ist unterbrochen oder fehlt",
    "Join GPIO15 to ground through 10 kΩ, then disconnect the 3.3 V and reconnect it.":
      "Verbinden Sie GPIO15 über 10 kΩ mit GND, trennen Sie dann die 3,3 V und schließen Sie sie wieder an.",
    "a wire or solder joins GPIO15 to 3.3 V or to a pin that is high":
      "eine Litze oder Lötzinn verbindet GPIO15 mit 3,3 V oder mit einem Pin auf High",
    "Look at GPIO15 for a bridge or a misplaced wire, and remove it.":
      "Suchen Sie an GPIO15 nach einer Lötbrücke oder falsch angelöteten Litze und entfernen Sie sie.",
    "GPIO2 was at ground when the chip started: it starts neither its flash nor download mode.":
      "GPIO2 lag beim Start an GND: Der Chip startet weder aus dem Flash noch im Download-Modus.",
    "the wire for GPIO0 sits on GPIO2": "die Litze für GPIO0 sitzt auf GPIO2",
    "Move the wire from GPIO2 to GPIO0, then disconnect the 3.3 V and reconnect it.":
      "Setzen Sie die Litze von GPIO2 auf GPIO0 um, trennen Sie dann die 3,3 V und schließen Sie sie wieder an.",
    "a wire or solder joins GPIO2 to ground": "eine Litze oder Lötzinn verbindet GPIO2 mit GND",
    "Look at GPIO2 for a bridge or a misplaced wire, and remove it.":
      "Suchen Sie an GPIO2 nach einer Lötbrücke oder falsch angelöteten Litze und entfernen Sie sie.",
    "The firmware crashed: this is its exception dump. The chip is not in download mode.":
      "Die Firmware ist abgestürzt: Das ist ihre Fehlerausgabe. Der Chip ist nicht im Download-Modus.",
    "The firmware crashed with {0}: this is its exception dump. The chip is not in download mode.":
      "Die Firmware ist mit {0} abgestürzt: Das ist ihre Fehlerausgabe. Der Chip ist nicht im Download-Modus.",
    "the firmware is damaged, or was built for another flash size or board":
      "die Firmware ist beschädigt oder für eine andere Flash-Größe oder Platine gebaut",
    "the 3.3 V sags when the firmware switches its radio on":
      "die 3,3 V brechen ein, wenn die Firmware das Funkmodul einschaltet",
    "the firmware has a fault": "die Firmware hat einen Fehler",
    "Then write another version.": "Schreiben Sie dann eine andere Version.",
    "A firmware is running: the chip is not in download mode.":
      "Eine Firmware läuft: Der Chip ist nicht im Download-Modus.",
    "A firmware is running ({0}): the chip is not in download mode.":
      "Eine Firmware läuft ({0}): Der Chip ist nicht im Download-Modus.",
    "GPIO0 was connected to ground only after the power came on":
      "GPIO0 wurde erst nach dem Einschalten mit GND verbunden",
    "Unreadable data, then silence.": "Unlesbare Daten, dann Stille.",
    "Unreadable data at the far end's baud rate.": "Unlesbare Daten bei der Baudrate der Gegenstelle.",
    "Unreadable data, at 74880 and at 115200 baud.": "Unlesbare Daten bei 74880 und bei 115200 Baud.",
    "the grounds of adapter and plug are not joined, or poorly":
      "GND von Adapter und Stecker sind nicht oder schlecht verbunden",
    "Check the ground wire between adapter and plug for continuity.":
      "Prüfen Sie die GND-Litze zwischen Adapter und Stecker auf Durchgang.",
    "a firmware sends at another baud rate": "eine Firmware sendet mit einer anderen Baudrate",
    "the server at the far end has another rate than 115200 baud":
      "der Server der Gegenstelle arbeitet nicht mit 115200 Baud",
    "Set the far end to 115200 baud, or use RFC 2217, which carries the rate.":
      "Stellen Sie die Gegenstelle auf 115200 Baud, oder benutzen Sie RFC 2217, das die Baudrate überträgt.",
    "a disturbance reaches the wires, or the adapter does not keep its rate":
      "die Litzen fangen Störungen ein, oder der Adapter hält seine Baudrate nicht",
    "Make the wires shorter than 20 cm, away from chargers; try another adapter.":
      "Kürzen Sie die Litzen auf unter 20 cm und halten Sie sie von Ladegeräten fern; versuchen Sie einen anderen Adapter.",
    "Another chip is sending: this is not an ESP8266 or ESP8285.":
      "Ein anderer Chip sendet: Das ist weder ein ESP8266 noch ein ESP8285.",
    "{0} is sending: this is not an ESP8266 or ESP8285.": "{0} sendet: Das ist weder ein ESP8266 noch ein ESP8285.",
    "the maker changed the chip: plugs sold under one name can have different chips":
      "der Hersteller hat den Chip gewechselt: Stecker mit gleichem Namen können verschiedene Chips haben",
    "Read what is printed on the chip. plugsmith and Tasmota's ESP8266 builds cannot be used on this plug.":
      "Lesen Sie den Aufdruck des Chips. plugsmith und Tasmotas ESP8266-Varianten sind für diesen Stecker nicht verwendbar.",
    "The connection to {0} is gone.": "Die Verbindung zu {0} ist weg.",
    "No adapter detected.": "Kein Adapter erkannt.",
    "The adapter is back.": "Der Adapter ist wieder da.",
    "Wait: plugsmith is connecting to the chip.": "Warten Sie: plugsmith verbindet sich mit dem Chip.",
    "The chip answers.": "Der Chip antwortet.",
    "Nothing to do: leave the wires and GPIO0 as they are.":
      "Es ist nichts zu tun: Lassen Sie die Litzen und GPIO0, wie sie sind.",
    "{0}: the 3.3 V pin of an {1} supplies {2}": "{0}: Der 3,3-V-Anschluss eines {1} liefert {2}",
    "Something other than an error was thrown.": "Es wurde etwas anderes als ein Fehler geworfen.",
    "a setting of the profile contains a semicolon or a line break.":
      "eine Einstellung des Profils enthält ein Semikolon oder einen Zeilenumbruch.",
    "the profile's settings have more than {0} characters together.":
      "die Einstellungen des Profils haben zusammen mehr als {0} Zeichen.",
    "This cannot be built in: {0}": "Das lässt sich nicht einbauen: {0}",
    "Correct it and build again.": "Korrigieren Sie das und bauen Sie erneut.",
    "{0} would not start: {1}.": "{0} würde nicht starten: {1}.",
    "Download or build it again. To write it anyway, type the plug's MAC.":
      "Laden oder bauen Sie es noch einmal. Um es trotzdem zu schreiben, tippen Sie die MAC des Steckers.",
    "The image does not contain Tasmota.": "Das Image enthält kein Tasmota.",
    "The image contains {0}, not Tasmota.": "Das Image enthält {0}, nicht Tasmota.",
    "Give a tasmota.bin; other firmware can be written with `plugsmith write`.":
      "Geben Sie eine tasmota.bin an; andere Firmware lässt sich mit `plugsmith write` schreiben.",
    "This Tasmota build has no metering commands; the plug's meter would be dead.":
      "Diese Tasmota-Variante hat keine Messbefehle; der Zähler des Steckers wäre ohne Funktion.",
    "Use tasmota.bin or a language build such as tasmota-DE.bin: not lite, minimal, display or ir.":
      "Nehmen Sie tasmota.bin oder eine Sprachvariante wie tasmota-DE.bin: nicht lite, minimal, display oder ir.",
    "Choose a build for {0}.": "Wählen Sie eine Variante für {0}.",
    "{0} MB": "{0} MB",
    "is built for {0} of flash; the plug has {1} and would refuse it, or lose its settings":
      "ist für {0} Flash gebaut; der Stecker hat {1} und würde es ablehnen oder seine Einstellungen verlieren",
    "is {0}, as its update address says: {1}; the plug has {2}":
      "ist laut seiner Update-Adresse {0}: {1}; der Stecker hat {2}",
    "does not fit into 1 MiB with its settings": "passt mit seinen Einstellungen nicht in 1 MiB",
    "has {0} bytes; the flash has {1}": "hat {0} Bytes; der Flash hat {1}",
    "Choose another build.": "Wählen Sie eine andere Variante.",
    "This compressed file is damaged or cut off: its length or CRC is not what its end says.":
      "Diese komprimierte Datei ist beschädigt oder unvollständig: Länge oder CRC passen nicht zu den Angaben an ihrem Ende.",
    "Download or build it again.": "Laden oder bauen Sie es noch einmal.",
    "unknown version": "unbekannte Version",
    "{0} is a whole flash, not an image.": "{0} ist ein ganzer Flash, kein Image.",
    "The running image was written as one for {0} KiB of flash, the chip has {1}: such a plug refuses upgrades over the air.":
      "Das laufende Image ist für {0} KiB Flash eingetragen, der Chip hat {1}: Ein solcher Stecker lehnt Updates über WLAN ab.",
    "Write the image over the wires once: `plugsmith write` sets the right size and keeps the settings.":
      "Schreiben Sie das Image einmal über die Litzen: `plugsmith write` setzt die richtige Größe und behält die Einstellungen.",
    "Tasmota {0} must be upgraded to {1} first: later versions cannot read settings that old.":
      "Tasmota {0} muss zuerst auf {1} gebracht werden: Spätere Versionen können so alte Einstellungen nicht lesen.",
    "Give the image of {0} with --image, then continue; or write over the wires and set up the plug again.":
      "Geben Sie das Image von {0} mit --image an und fahren Sie dann fort; oder schreiben Sie über die Litzen und richten Sie den Stecker neu ein.",
    "The plug runs {0}, which is newer than {1}: older firmware may misread its settings.":
      "Auf dem Stecker läuft {0}, das ist neuer als {1}: Ältere Firmware kann seine Einstellungen falsch lesen.",
    "To install it anyway, add --downgrade.": "Um es trotzdem einzuspielen, ergänzen Sie --downgrade.",
    "{0} is not Tasmota's minimal build.": "{0} ist nicht Tasmotas Minimalvariante.",
    "Give tasmota-minimal.bin.gz.": "Geben Sie tasmota-minimal.bin.gz an.",
    "An upgrade over the air is not possible: {0} takes {1} bytes, and there is room for {2}.":
      "Ein Update über WLAN ist nicht möglich: {0} braucht {1} Bytes, und Platz ist für {2}.",
    "Write the image over the wires: `plugsmith write` keeps the settings.":
      "Schreiben Sie das Image über die Litzen: `plugsmith write` behält die Einstellungen.",
    "{0} cannot unpack {1}.": "{0} kann {1} nicht entpacken.",
    "Give the image that is not compressed.": "Geben Sie das unkomprimierte Image an.",
    "has a segment of {0} bytes for {1}, {2}": "hat ein Segment von {0} Bytes für {1}: {2}",
    "which is mapped flash: the boot ROM cannot write there":
      "dort liegt eingeblendeter Flash, den das Boot-ROM nicht beschreiben kann",
    "whose length is not a multiple of 4": "seine Länge ist kein Vielfaches von 4",
    "which runs beyond the mapped flash": "es reicht über den eingeblendeten Flash hinaus",
    "but its place in the flash is mapped to {0}": "seine Stelle im Flash ist aber bei {0} eingeblendet",
    "which the boot loader before it does not load": "der Bootloader davor lädt es nicht",
    "which overwrites the boot loader that loads it": "es überschreibt den Bootloader, der es lädt",
    "which lies over the boot ROM's own memory": "es liegt über dem eigenen Speicher des Boot-ROMs",
    "where an ESP8266 has no memory": "dort hat ein ESP8266 keinen Speicher",
    "which runs out of its memory at {0}": "es reicht bei {0} über seinen Speicher hinaus",
    "which is not a multiple of 4": "diese Adresse ist kein Vielfaches von 4",
    "has two segments for {0} with different contents": "hat zwei Segmente für {0} mit verschiedenem Inhalt",
    "is entered at {0}, which is not in its loaded code": "beginnt bei {0}, was nicht in seinem geladenen Code liegt",
    "This image would not start: {0}.": "Dieses Image würde nicht starten: {0}.",
    "The image has {0} bytes, the flash {1}.": "Das Image hat {0} Bytes, der Flash {1}.",
    "Choose an image built for this flash size.": "Wählen Sie ein Image, das für diese Flash-Größe gebaut ist.",
    "it ends after a boot loader: there is no application at 0x1000.":
      "sie endet nach einem Bootloader: Bei 0x1000 liegt keine Anwendung.",
    "its boot loader looks for an application at 0x1000, and there is none":
      "sein Bootloader sucht bei 0x1000 eine Anwendung, und dort ist keine",
    "its first part": "sein erster Teil",
    "its application at 0x1000": "seine Anwendung bei 0x1000",
    "{0} goes beyond its {1} bytes: the file is cut off.":
      "{0} reicht über die {1} Bytes hinaus: Die Datei ist unvollständig.",
    "the checksum of {0} is wrong: the file is damaged.": "eine Prüfsumme ist falsch ({0}): Die Datei ist beschädigt.",
    "its CRC is wrong: the file is damaged.": "ihre CRC ist falsch: Die Datei ist beschädigt.",
    "the file is empty.": "die Datei ist leer.",
    "it is compressed (gzip).": "sie ist komprimiert (gzip).",
    "Unpack it first: a .bin.gz is for updates over the air, never for the wires.":
      "Entpacken Sie sie zuerst: Eine .bin.gz ist für Updates über WLAN, nie für die Litzen.",
    "it is a ZIP archive.": "sie ist ein ZIP-Archiv.",
    "Unpack it and give the .bin inside.": "Entpacken Sie es und geben Sie die .bin darin an.",
    "it is a web page (HTML or XML), not firmware.": "sie ist eine Webseite (HTML oder XML), keine Firmware.",
    "Download the file itself, not the page that shows it.":
      "Laden Sie die Datei selbst herunter, nicht die Seite, die sie zeigt.",
    "it is built for an ESP32.": "sie ist für einen ESP32 gebaut.",
    "Choose the image for the ESP8266 (for Tasmota: tasmota.bin, not tasmota32).":
      "Wählen Sie das Image für den ESP8266 (bei Tasmota: tasmota.bin, nicht tasmota32).",
    "This ESP8266 image (version 2, EA) is for a second-stage loader: the chip does not start it by itself.":
      "Dieses ESP8266-Image (Version 2, EA) braucht einen zweiten Bootloader: Der Chip startet es nicht selbst.",
    "Give an image that begins with E9, boot loader included (for Tasmota: tasmota.bin).":
      "Geben Sie ein Image an, das mit E9 beginnt, einschließlich Bootloader (bei Tasmota: tasmota.bin).",
    "it is cut off within its header.": "sie bricht mitten im Kopf ab.",
    "it does not begin with an image header (E9) but with 0x{0}.":
      "sie beginnt nicht mit dem Kopf eines Images (E9), sondern mit 0x{0}.",
    "Give a firmware image for the ESP8266.": "Geben Sie ein Firmware-Image für den ESP8266 an.",
    "This file is not an image for the ESP8266: {0}": "Diese Datei ist kein Image für den ESP8266: {0}",
    "The plug's journal was written by a newer plugsmith (entry version {0}; this one knows {1}).":
      "Das Journal des Steckers stammt von einem neueren plugsmith (Eintragsversion {0}; dieses kennt {1}).",
    "Update plugsmith, then run it again; nothing was changed.":
      "Aktualisieren Sie plugsmith und geben Sie den Befehl erneut; es wurde nichts geändert.",
    "This plug's calibration was recorded by a newer plugsmith (version {0}).":
      "Die Kalibrierung dieses Steckers hat ein neueres plugsmith aufgezeichnet (Version {0}).",
    // Rescue, Tasmota, the virtual bench.
    "The connection to {0} broke.": "Die Verbindung zu {0} ist abgebrochen.",
    "The adapter at {0} is gone.": "Der Adapter an {0} ist weg.",
    "{0} is in use: it hung up at once, as servers do while another client is connected.":
      "{0} ist belegt: Die Verbindung wurde sofort getrennt, wie es Server tun, solange ein anderer Client verbunden ist.",
    "End the program that uses it, here or on another computer, then run this again.":
      "Beenden Sie das Programm, das ihn benutzt, hier oder auf einem anderen Computer, und geben Sie den Befehl erneut.",
    "status {0}, reason {1}": "Status {0}, Grund {1}",
    "the message was invalid or came out of turn": "die Nachricht war ungültig oder kam außer der Reihe",
    "the command was understood but failed": "der Befehl wurde verstanden, ist aber fehlgeschlagen",
    "the checksum did not match": "die Prüfsumme stimmte nicht",
    "writing to flash failed: read back differently":
      "das Schreiben in den Flash ist fehlgeschlagen: anders zurückgelesen",
    "reading flash failed": "das Lesen des Flashs ist fehlgeschlagen",
    "reading flash failed: wrong length": "das Lesen des Flashs ist fehlgeschlagen: falsche Länge",
    "inflating failed": "das Entpacken ist fehlgeschlagen",
    "the length of the data did not match": "die Länge der Daten stimmte nicht",
    "the checksum of the data did not match": "die Prüfsumme der Daten stimmte nicht",
    "the block size is not supported": "die Blockgröße wird nicht unterstützt",
    "the command is unknown": "der Befehl ist unbekannt",
    "the flash refused to read, erase or program": "der Flash ließ sich nicht lesen, löschen oder programmieren",
    "the flash could not be unlocked": "der Flash ließ sich nicht entsperren",
    "no flash operation had been started": "es war kein Flash-Vorgang gestartet",
    "the compressed data could not be inflated": "die komprimierten Daten ließen sich nicht entpacken",
    "less data came than was announced": "es kamen weniger Daten als angekündigt",
    "more data came than was announced": "es kamen mehr Daten als angekündigt",
    "the command is not implemented": "der Befehl ist nicht implementiert",
    '"{0}" is not a port.': "„{0}“ ist kein Port.",
    "Use a device (/dev/ttyUSB0, COM3), tcp://HOST:PORT, rfc2217://HOST:PORT, sim: or sim:FOLDER.":
      "Möglich sind ein Gerät (/dev/ttyUSB0, COM3), tcp://HOST:PORT, rfc2217://HOST:PORT, sim: oder sim:ORDNER.",
    "The profile of the {0} has no Tasmota part.": "Das Profil des {0} hat keinen Tasmota-Teil.",
    'Add a "tasmota" part to "firmware" in its profile.json, or choose another profile.':
      "Ergänzen Sie in seiner profile.json unter „firmware“ einen Teil „tasmota“, oder wählen Sie ein anderes Profil.",
    "The device profile is not usable: {0}.": "Das Geräteprofil ist nicht verwendbar: {0}.",
    "Correct the profile; `plugsmith profile check` lists all faults.":
      "Korrigieren Sie das Profil; `plugsmith profile check` listet alle Fehler auf.",
    "The device profile has version {0}; this plugsmith reads up to {1}.":
      "Das Geräteprofil hat Version {0}; dieses plugsmith liest höchstens {1}.",
    "It was given a wrong Wi-Fi name or password, or the router's were changed":
      "Er hat einen falschen WLAN-Namen oder ein falsches Passwort, oder beim Router wurden sie geändert",
    "Its page asks for a password that is lost": "Seine Webseite verlangt ein Passwort, das verloren ist",
    "Its own access point has disappeared": "Sein eigener Access Point ist verschwunden",
    "It clicks or flashes every few seconds: it starts again and again":
      "Er klickt oder blinkt alle paar Sekunden: Er startet immer wieder neu",
    "It works, but nobody knows its address": "Er funktioniert, aber niemand kennt seine Adresse",
    "It has lost all its settings, for example after many quick power cycles":
      "Er hat alle Einstellungen verloren, zum Beispiel nach vielem schnellen Aus- und Einschalten",
    "Its page says that it is a minimal build and asks for an upgrade":
      "Seine Webseite meldet eine Minimalvariante und verlangt ein Update",
    "Writing its flash was interrupted": "Das Schreiben seines Flashs wurde unterbrochen",
    "Something else": "Etwas anderes",
    "Configure and check it where it answers": "Dort einrichten und prüfen, wo er antwortet",
    "Configure and check it at the address where it answers.":
      "Richten Sie ihn unter der Adresse ein, unter der er antwortet, und prüfen Sie ihn.",
    "the password on record lets in": "das gespeicherte Passwort stimmt",
    "it asks for no password": "er verlangt kein Passwort",
    "it answers at {0}, and {1}": "er antwortet unter {0}, und {1}",
    "Finish the upgrade": "Das Update abschließen",
    "Finish the upgrade: the whole Tasmota in place of the minimal one.":
      "Schließen Sie das Update ab: das vollständige Tasmota anstelle der Minimalvariante.",
    "a minimal Tasmota answers at {0}": "unter {0} antwortet ein minimales Tasmota",
    "Continue the interrupted write": "Das unterbrochene Schreiben fortsetzen",
    "Hold GPIO0 to ground while you switch the power on, then continue the interrupted write. What a digest proves to be there is not written again.":
      "Halten Sie beim Einschalten GPIO0 an GND und setzen Sie dann das unterbrochene Schreiben fort. Was laut Prüfsumme schon da ist, wird nicht noch einmal geschrieben.",
    "its journal says that a {0} was interrupted, and a sealed backup holds what was there before":
      "laut Journal wurde ein Vorgang unterbrochen ({0}), und der Stand davor liegt in einer versiegelten Sicherung",
    "Repair its settings over the wires": "Die Einstellungen über die Litzen korrigieren",
    "Repair its settings over the wires: the console asks for no password.":
      "Korrigieren Sie die Einstellungen über die Litzen: Die Konsole verlangt kein Passwort.",
    "its serial console answers": "seine serielle Konsole antwortet",
    "Give it the network through its access point": "Das WLAN über seinen Access Point einstellen",
    "Join its access point and give it the Wi-Fi network.":
      "Verbinden Sie sich mit seinem Access Point und stellen Sie das WLAN ein.",
    'its access point "{0}" is in range': "sein Access Point „{0}“ ist in Reichweite",
    "Start its firmware": "Seine Firmware starten",
    "Disconnect GPIO0 from ground and switch the power off and on: its firmware starts.":
      "Lösen Sie GPIO0 von GND und schalten Sie die Versorgung aus und ein: Dann startet die Firmware.",
    "the chip is in download mode, so its firmware may still be intact":
      "der Chip ist im Download-Modus, die Firmware kann also noch intakt sein",
    "Wait for the boot-loop guard": "Auf den Schutz vor Bootschleifen warten",
    "Leave it alone: after the sixth quick restart Tasmota resets its module by itself (SetOption36).":
      "Lassen Sie ihn in Ruhe: Nach dem sechsten schnellen Neustart setzt Tasmota sein Modul selbst zurück (SetOption36).",
    "it restarts again and again until Tasmota's boot-loop guard stops that":
      "er startet immer wieder neu, bis Tasmotas Schutz vor Bootschleifen eingreift",
    "Disconnect and reconnect the power": "Die Versorgung trennen und wieder anschließen",
    "Disconnect its power for ten seconds, then reconnect it: it joins its network, or opens its access point again.":
      "Trennen Sie ihn zehn Sekunden lang von der Versorgung: Danach geht er in sein WLAN oder öffnet wieder seinen Access Point.",
    "there is no sign of it: it may have no power, or its access point has closed":
      "von ihm ist nichts zu sehen: Vielleicht hat er keinen Strom, oder sein Access Point ist geschlossen",
    "Six presses of its button": "Seine Taste sechsmal drücken",
    "Press its button {0} times quickly: it opens its access point for three minutes.":
      "Drücken Sie seine Taste {0}-mal schnell: Er öffnet für drei Minuten seinen Access Point.",
    "there is no sign of it; a plug that cannot join its Wi-Fi opens no access point by itself":
      "von ihm ist nichts zu sehen; ein Stecker, der nicht in sein WLAN kommt, öffnet von selbst keinen Access Point",
    "Hold its button": "Seine Taste halten",
    "Hold its button for {0} s: it resets its settings and opens its access point.":
      "Halten Sie seine Taste {0} s lang gedrückt: Er setzt seine Einstellungen zurück und öffnet seinen Access Point.",
    "its button resets it without a password": "seine Taste setzt ihn ohne Passwort zurück",
    "Seven power cycles": "Siebenmal aus- und einschalten",
    "Switch its power on and off {0} times, {1} s each, and leave it on the last time: it resets its settings.":
      "Schalten Sie ihn {0}-mal ein und aus, jeweils {1} s, und lassen Sie ihn beim letzten Mal an: Er setzt seine Einstellungen zurück.",
    "power cycles reset it even where its button does not, or where it restarts too fast for it":
      "Aus- und Einschalten setzt ihn auch dann zurück, wenn die Taste es nicht tut oder er dafür zu schnell neu startet",
    "Write the firmware again": "Die Firmware neu schreiben",
    "Hold GPIO0 to ground, power it up, and write the firmware again.":
      "Halten Sie GPIO0 an GND, schalten Sie ihn ein und schreiben Sie die Firmware neu.",
    "wires are attached, an image is available, and a backup is sealed":
      "die Litzen sind angeschlossen, ein Image ist da und eine Sicherung versiegelt",
    "wires are attached and an image is available; a backup is sealed first":
      "die Litzen sind angeschlossen, und ein Image ist da; zuerst wird eine Sicherung versiegelt",
    "Open the case": "Das Gehäuse öffnen",
    "Take it out of its socket, open it, attach the wires, and run rescue again with --port (and --firmware for a plug that does not start).":
      "Ziehen Sie ihn aus der Steckdose, öffnen Sie ihn, schließen Sie die Litzen an und rufen Sie rescue noch einmal mit --port auf (und mit --firmware, wenn der Stecker nicht startet).",
    "access over the wires needs no password": "der Zugang über die Litzen braucht kein Passwort",
    "The command is empty.": "Der Befehl ist leer.",
    "the firmware drops {0} inside a Backlog": "die Firmware verwirft {0} innerhalb eines Backlog",
    "a Backlog loses spaces at the ends of a value": "ein Backlog verliert Leerzeichen am Anfang und Ende eines Werts",
    'old firmware splits a Backlog at ";" even inside a template':
      "alte Firmware trennt ein Backlog auch innerhalb eines Templates an „;“",
    'a Backlog is split at ";"': "ein Backlog wird an „;“ getrennt",
    "braces confuse the firmware's splitting of a Backlog":
      "geschweifte Klammern stören die Firmware beim Zerlegen eines Backlog",
    "{0} cannot go into a Backlog: {1}.": "{0} kann nicht Teil eines Backlog sein: {1}.",
    "Send it as a separate command.": "Senden Sie ihn als eigenen Befehl.",
    "{0}: {1} bytes are more than the {2} that the plug's {3} input takes.":
      "{0}: {1} Bytes sind mehr als die {2}, die die Eingabe des Steckers annimmt ({3}).",
    "Send it over the network, or in several commands.": "Senden Sie ihn über das Netz oder in mehreren Befehlen.",
    "Send it in several commands.": "Senden Sie ihn in mehreren Befehlen.",
    "{0}: the serial console takes printable ASCII only.": "{0}: Die serielle Konsole nimmt nur druckbares ASCII an.",
    "Send it over the network.": "Senden Sie ihn über das Netz.",
    "no error": "kein Fehler",
    "the request was damaged on the way": "die Anfrage wurde unterwegs beschädigt",
    "the request is unknown": "die Anfrage ist unbekannt",
    "the plug could not connect to the Wi-Fi network": "der Stecker konnte sich nicht mit dem WLAN verbinden",
    "not authorized": "nicht berechtigt",
    "MAINS ON THE WIRES ({0} V): touch nothing, switch the mains off.":
      "NETZSPANNUNG AN DEN LITZEN ({0} V): Fassen Sie nichts an, schalten Sie die Netzspannung ab.",
    "its meter reads mains while a serial line is open: every wire and the computer may be live":
      "sein Zähler misst Netzspannung, während eine serielle Verbindung offen ist: Jede Litze und der Computer können unter Spannung stehen",
    "Touch neither plug nor wires nor computer. Switch the socket off at its breaker, then pull the plug out. Mains and wires never meet: close the case first.":
      "Berühren Sie weder Stecker noch Litzen noch Computer. Schalten Sie die Steckdose am Leitungsschutzschalter ab, dann ziehen Sie den Stecker heraus. Netzspannung und Litzen nie zugleich: Schließen Sie zuerst das Gehäuse.",
    "Check the spelling of the network's name, that it is on 2.4 GHz, and that the plug is in its range.":
      "Prüfen Sie, ob der Name des WLANs richtig geschrieben ist, ob es auf 2,4 GHz sendet und ob der Stecker in Reichweite ist.",
    "Check the passphrase and try again.": "Prüfen Sie das Passwort und versuchen Sie es erneut.",
    "Bring the plug nearer to the router, or wait until the router is up, and try again.":
      "Bringen Sie den Stecker näher an den Router, oder warten Sie, bis der Router läuft, und versuchen Sie es erneut.",
    "Check the router's DHCP server, then try again.":
      "Prüfen Sie den DHCP-Server des Routers und versuchen Sie es erneut.",
    "Check the passphrase, bring the plug nearer to the router, and try again.":
      "Prüfen Sie das Passwort, bringen Sie den Stecker näher an den Router und versuchen Sie es erneut.",
    "This backup comes from a build with a file system, which a 1 MB chip cannot have.":
      "Diese Sicherung stammt von einer Variante mit Dateisystem, das ein Chip mit 1 MB nicht haben kann.",
    "Use a backup made on a plug of this kind.": "Nehmen Sie eine Sicherung von einem Stecker dieser Art.",
    "No settings field is called {0}.": "Ein Einstellungsfeld namens {0} gibt es nicht.",
    "{0}: {1} is not a whole number from {2} to {3}.": "{0}: {1} ist keine ganze Zahl von {2} bis {3}.",
    "{0} is not a single number.": "{0} ist keine einzelne Zahl.",
    "{0} is not a text.": "{0} ist kein Text.",
    "{0} holds {1} bytes of text.": "{0} fasst {1} Bytes Text.",
    "{0} takes {1} value(s).": "{0} erwartet {1} Wert(e).",
    "There is no such text, or it holds a NUL.": "Diesen Text gibt es nicht, oder er enthält ein NUL.",
    "The plug keeps all its texts in {0} bytes; this one is {1} too long.":
      "Der Stecker speichert alle seine Texte in {0} Bytes; dieser ist um {1} zu lang.",
    "Shorten it, or another text of the plug.": "Kürzen Sie ihn oder einen anderen Text des Steckers.",
    "it is not 4096 bytes long": "sie sind nicht 4096 Bytes lang",
    "it does not begin as Tasmota's settings do": "sie beginnen nicht wie Tasmotas Einstellungen",
    "its digest does not match its contents: it was damaged or changed":
      "die Prüfsumme passt nicht zum Inhalt: beschädigt oder verändert",
    "it belongs to an ESP32 chip": "sie gehören zu einem ESP32",
    "it was written by firmware before 8.1, which keeps its texts elsewhere":
      "sie stammen von einer Firmware vor 8.1, die ihre Texte an anderer Stelle speichert",
    "These are not usable Tasmota settings: {0}.": "Das sind keine verwendbaren Tasmota-Einstellungen: {0}.",
    "Use another backup of the settings, or download them from the plug again.":
      "Nehmen Sie eine andere Sicherung der Einstellungen, oder laden Sie sie noch einmal vom Stecker herunter.",
    "its rule changes": "ihre Regel ändert sich",
    "its clocks do not change exactly twice a year": "die Uhren werden dort nicht genau zweimal im Jahr umgestellt",
    "its clocks change at {0}, not at a whole hour": "die Uhren werden dort um {0} umgestellt, nicht zur vollen Stunde",
    "its clocks do not change on the same weekday of a month each year":
      "die Uhren werden dort nicht jedes Jahr am selben Wochentag eines Monats umgestellt",
    "its clocks do not change twice a year by the same rule":
      "die Uhren werden dort nicht zweimal im Jahr nach derselben Regel umgestellt",
    'Tasmota has no time zone "{0}".': "Tasmota hat keine Zeitzone „{0}“.",
    'Tasmota cannot be set to the offset of "{0}".':
      "Der Zeitversatz von „{0}“ lässt sich in Tasmota nicht einstellen.",
    'Tasmota\'s rules for summer time cannot express "{0}": {1}.':
      "Tasmotas Regeln für die Sommerzeit können „{0}“ nicht abbilden: {1}.",
    '"{0}" is not the name of a time zone.': "„{0}“ ist nicht der Name einer Zeitzone.",
    '"{0}" is not the name of a time zone. Did you mean {1}?':
      "„{0}“ ist nicht der Name einer Zeitzone. Meinten Sie {1}?",
    'Give a name from IANA\'s list such as "Europe/Berlin", or a fixed offset such as "+01:00".':
      "Geben Sie einen Namen aus der IANA-Liste an, etwa „Europe/Berlin“, oder einen festen Versatz, etwa „+01:00“.",
    'Give a fixed offset such as "+01:00", or set TimeStd, TimeDst and Timezone 99 by `cmnd`.':
      "Geben Sie einen festen Versatz an, etwa „+01:00“, oder setzen Sie TimeStd, TimeDst und Timezone 99 mit `cmnd`.",
    'There is no virtual adapter of kind "{0}".': "Es gibt keinen virtuellen Adapter der Art „{0}“.",
    "Use one of {0}.": "Möglich sind {0}.",
    "This virtual plug was kept by a newer plugsmith.": "Dieser virtuelle Stecker stammt von einem neueren plugsmith.",
    "Use that version, or start a new virtual plug in another folder.":
      "Benutzen Sie diese Version, oder beginnen Sie in einem anderen Ordner einen neuen virtuellen Stecker.",
    "The virtual plug's record cannot be read: {0}.": "Die Aufzeichnung des virtuellen Steckers ist nicht lesbar: {0}.",
    "Restore the folder, or start a new virtual plug in another one.":
      "Stellen Sie den Ordner wieder her, oder beginnen Sie in einem anderen einen neuen virtuellen Stecker.",
    'There is no virtual flash part "{0}".': "Es gibt keinen virtuellen Flash-Baustein „{0}“.",
    "{0} bytes is not the size of a flash part.": "{0} Bytes ist keine Größe eines Flash-Bausteins.",
    "Give a power of two, 64 KiB or more.": "Geben Sie eine Zweierpotenz ab 64 KiB an.",
    "the scale of cycle costs is 0.25 to 8, not {0}": "die Skala der Taktkosten reicht von 0,25 bis 8, nicht {0}",
    "a ROM dump has {0} bytes, this one {1}": "ein ROM-Abbild hat {0} Bytes, dieses {1}",
    "block of {0} bytes at 0x{1} lies outside the virtual chip's memory":
      "der Block von {0} Bytes bei 0x{1} liegt außerhalb des Speichers des virtuellen Chips",
    "The virtual person has no answer for {0}.": "Die virtuelle Person hat keine Antwort auf {0}.",
    "The line has been closed.": "Die Verbindung wurde geschlossen.",
    "Open the port again.": "Öffnen Sie den Port erneut.",
    "{0} is not a baud rate.": "{0} ist keine Baudrate.",
    "The virtual adapter does not take {0} baud.": "Der virtuelle Adapter unterstützt {0} Baud nicht.",
    "Choose another rate.": "Wählen Sie eine andere Rate.",
    "The virtual adapter is not plugged in.": "Der virtuelle Adapter steckt nicht.",
    "{0} has {1} bytes.": "{0} hat {1} Bytes.",
    "{0} is not there.": "{0} ist nicht da.",
    "{0} is locked by another run.": "{0} ist von einem anderen Lauf gesperrt.",
    "No space is left on the disk.": "Auf dem Datenträger ist kein Platz mehr.",
    "A file opened for appending cannot be cut.": "Eine zum Anhängen geöffnete Datei lässt sich nicht kürzen.",
    "check that the network is in range": "prüfen Sie, ob das WLAN in Reichweite ist",
    'joining "{0}" was stopped': "das Verbinden mit „{0}“ wurde abgebrochen",
    'the computer could not join "{0}": {1}': "der Computer konnte sich nicht mit „{0}“ verbinden: {1}",
    "the virtual network carries http:// URLs only": "das virtuelle Netz kennt nur http://-URLs",
    "no answer from {0} within {1} ms": "keine Antwort von {0} innerhalb von {1} ms",
    "the request was stopped": "die Anfrage wurde abgebrochen",
    "the computer is on no network": "der Computer ist in keinem Netz",
    "no machine is called {0}": "kein Gerät heißt {0}",
    "{0} closed the connection": "{0} hat die Verbindung getrennt",
    "the answer is not HTTP": "die Antwort ist kein HTTP",
    "the connection was closed without a complete answer": "die Verbindung wurde ohne vollständige Antwort geschlossen",
    "try again, or check that the plug is on the network":
      "versuchen Sie es erneut, oder prüfen Sie, ob der Stecker im Netz ist",
    "no MQTT broker at {0}:{1}": "kein MQTT-Broker unter {0}:{1}",
    "the MQTT broker refuses this user": "der MQTT-Broker weist diesen Benutzer ab",
    // Archives and records.
    "it is not an archive of a plug": "es ist kein Archiv eines Steckers",
    "its list of files is damaged": "seine Dateiliste ist beschädigt",
    "{0} is missing": "{0} fehlt",
    "{0} has changed since it was packed": "{0} hat sich seit dem Packen geändert",
    "it contains files that are not on its list": "es enthält Dateien, die nicht auf seiner Liste stehen",
    "it is larger than any plug's folder": "es ist größer als jeder Ordner eines Steckers",
    "it contains a file with an unexpected name": "es enthält eine Datei mit unerwartetem Namen",
    "it would unpack to more than any plug's folder holds": "entpackt wäre es größer als jeder Ordner eines Steckers",
    "it is not a complete ZIP archive": "es ist kein vollständiges ZIP-Archiv",
    "its list of files is not JSON": "seine Dateiliste ist kein JSON",
    "its list of files is not valid: {0}": "seine Dateiliste ist ungültig: {0}",
    "its journal is empty": "sein Journal ist leer",
    "its network.json is not this plug's": "seine network.json gehört nicht zu diesem Stecker",
    "it is not a virtual plug's record": "es ist keine Aufzeichnung eines virtuellen Steckers",
    "it is not a JSON object": "es ist kein JSON-Objekt",
    '"{0}" is missing or wrong': "„{0}“ fehlt oder ist falsch",
    "connection to {0} refused": "Verbindung zu {0} abgelehnt",
    "connection to {0} unreachable": "Verbindung zu {0} nicht erreichbar",
    // Flash jobs.
    "{0} s": "{0} s",
    "Write {0} ({1}) to {2}?": "{0} ({1}) auf {2} schreiben?",
    "Erase {0} of {1}?": "{0} von {1} löschen?",
    "Restore {0} to {1}?": "{0} auf {1} zurückspielen?",
    "There is no sealed backup of {0} in {1}.": "Von {0} liegt keine versiegelte Sicherung in {1}.",
    "Name a file: plugsmith restore FILE.": "Nennen Sie eine Datei: plugsmith restore DATEI.",
    "It is not clear which of these backups is the original: their times and the plug's journal disagree, or the first one contains Tasmota. Which one do you want to restore?":
      "Es ist nicht klar, welche dieser Sicherungen das Original ist: Ihre Zeiten widersprechen dem Journal des Steckers, oder die erste enthält Tasmota. Welche wollen Sie zurückspielen?",
    "Without the name of a network, the plug cannot join one.":
      "Ohne den Namen eines WLANs kann sich der Stecker mit keinem verbinden.",
    "as it was found": "wie vorgefunden",
    "The plug is closed and glued, no wire leaves it, and the instrument is rated for mains (CAT II 300 V or better) and has undamaged leads. Measure at a measuring adapter or read a power meter's display; never push bare probes into a live socket.":
      "Der Stecker ist geschlossen und verklebt, keine Litze führt heraus, und das Messgerät ist für Netzspannung zugelassen (CAT II 300 V oder besser) und hat unbeschädigte Messleitungen. Messen Sie an einem Messadapter oder lesen Sie die Anzeige eines Leistungsmessgeräts ab; stecken Sie nie blanke Prüfspitzen in eine Steckdose unter Spannung.",
    "no answer": "keine Antwort",
    "This passphrase cannot be used: {0}.": "Dieses Passwort ist nicht verwendbar: {0}.",
    // Credentials.
    "the network's name (SSID) is empty": "der Name des WLANs (SSID) ist leer",
    "the network's name (SSID) has {0} bytes; the most is 32":
      "der Name des WLANs (SSID) hat {0} Bytes; erlaubt sind höchstens 32",
    "the firmware's texts end at a NUL character": "Texte der Firmware enden an einem NUL-Zeichen",
    "the text is not valid Unicode": "der Text ist kein gültiges Unicode",
    "the passphrase has {0} bytes; WPA takes 8 to 63 (WEP is not supported)":
      "das Passwort hat {0} Bytes; WPA verlangt 8 bis 63 (WEP wird nicht unterstützt)",
    "the passphrase has {0} bytes; the most is 63, or 64 hex digits":
      "das Passwort hat {0} Bytes; erlaubt sind höchstens 63 oder 64 Hex-Ziffern",
    "64 characters are a raw key and must be hex digits; a passphrase has at most 63":
      "64 Zeichen sind ein Schlüssel und müssen Hex-Ziffern sein; ein Passwort hat höchstens 63",
    "the firmware's commands lose spaces in front of {0}":
      "die Befehle der Firmware verlieren Leerzeichen vor dem Wert ({0})",
    "the firmware's commands take {0} for a shortcut":
      "die Befehle der Firmware halten diesen Wert für ein Kürzel ({0})",
    '";" in {0} splits the firmware\'s command list': "„;“ trennt die Befehlsliste der Firmware ({0})",
    "braces in {0} confuse the firmware's command list":
      "geschweifte Klammern stören die Befehlsliste der Firmware ({0})",
    "the firmware's command list loses spaces at the end of {0}":
      "die Befehlsliste der Firmware verliert Leerzeichen am Ende des Werts ({0})",
    "the network's name": "Name des WLANs",
    "the passphrase": "Passwort",
    "the serial console takes no characters beyond ASCII, and {0} has some":
      "die serielle Konsole nimmt nur ASCII-Zeichen an, und hier sind andere enthalten ({0})",
    "Improv cannot clear a passphrase that the plug may still hold":
      "Improv kann ein Passwort, das der Stecker noch haben kann, nicht löschen",
    "it has {0} characters; it needs at least {1}": "es hat {0} Zeichen; nötig sind mindestens {1}",
    "it has {0} bytes; the plug's limit is {1}": "es hat {0} Bytes; der Stecker erlaubt höchstens {1}",
    "the firmware loses spaces at its ends": "die Firmware verliert Leerzeichen am Anfang und Ende",
    "characters beyond ASCII are sent differently by different browsers":
      "Zeichen außerhalb von ASCII senden Browser unterschiedlich",
    // What a plug would not keep.
    "the plug's name": "der Name des Steckers",
    "the friendly name": "der Friendly Name",
    "the topic": "das Topic",
    "the host name": "der Hostname",
    "the broker's address": "die Adresse des Brokers",
    "the user at the broker": "der Benutzer beim Broker",
    "the password at the broker": "das Passwort beim Broker",
    "the plug keeps all of its texts in {0} bytes; shorten these by {1}":
      "der Stecker speichert alle seine Texte in {0} Bytes; kürzen Sie diese um {1}",
    "is empty": "ist leer",
    "begins or ends with a space, which the plug loses":
      "beginnt oder endet mit einem Leerzeichen, das der Stecker verliert",
    "has a control character": "enthält ein Steuerzeichen",
    "is not valid Unicode": "ist kein gültiges Unicode",
    "is a single character that the plug's commands take for a shortcut":
      "ist ein einzelnes Zeichen, das die Befehle des Steckers für ein Kürzel halten",
    'begins with a quotation mark, which the plug takes for "no name"':
      "beginnt mit einem Anführungszeichen, was für den Stecker „kein Name“ bedeutet",
    "is not a host name or IP address": "ist kein Hostname und keine IP-Adresse",
    'has "#", "+" or a space, which the plug changes into "_"':
      "enthält „#“, „+“ oder ein Leerzeichen; der Stecker macht daraus „_“",
    "has a brace, which spoils the plug's answers":
      "enthält eine geschweifte Klammer; sie macht die Antworten des Steckers unlesbar",
    'has "%" in another place than in a placeholder at its end, such as %06X: the plug loses what follows':
      "enthält „%“ an anderer Stelle als in einem Platzhalter am Ende, etwa %06X: Der Stecker verliert, was danach kommt",
    "has more than {0} bytes": "hat mehr als {0} Bytes",
    "has other characters than letters, digits, dots and dashes":
      "enthält andere Zeichen als Buchstaben, Ziffern, Punkte und Bindestriche",
    "begins with a dash": "beginnt mit einem Bindestrich",
    "has more than {0} characters": "hat mehr als {0} Zeichen",
  },
};
