/** The engine's ports on Node. */

export type { Environment, FlashStore, PortListing, PortTrouble, SerialPorts } from "../../host/environment.ts";
export { webSerialPort } from "../web-serial-port.ts";
export { listAdapters } from "./adapters.ts";
export { ClientSeat } from "./client-seat.ts";
export { findComputerWifi } from "./computer-wifi.ts";
export { httpsDownloader } from "./downloader.ts";
export { createNodeEnvironment, type NodeEnvironmentOptions } from "./environment.ts";
export { errnoOf, fileError } from "./file-error.ts";
export { nodeFileServer } from "./file-server.ts";
export { nodeFiles } from "./files.ts";
export { createNodeHttp } from "./http.ts";
export { createNodeMqtt } from "./mqtt.ts";
export { nodeNeighbours } from "./neighbours.ts";
export { openInBrowser } from "./open-in-browser.ts";
export type { OpenLineOptions } from "./open-line.ts";
export { openLine } from "./open-line.ts";
export { nodePrograms } from "./programs.ts";
export { forwardToHost, forwardToSim, type PortForward, type SimScheduler } from "./sim-network.ts";
export { drain, nodeClock, nodeCodec, nodeRandom } from "./system.ts";
export { serveTcp, type TcpClient, type TcpServer } from "./tcp-server.ts";
