/** The engine's ports on Node. */

export { webSerialPort } from "../web-serial-port.ts";
export type { AdapterListing, AdapterTrouble } from "./adapters.ts";
export { listAdapters } from "./adapters.ts";
export { ClientSeat } from "./client-seat.ts";
export { nodeClock } from "./clock.ts";
export { findComputerWifi } from "./computer-wifi.ts";
export { nodeComputing } from "./computing.ts";
export { drain } from "./drain.ts";
export { nodeFileServer } from "./file-server.ts";
export { nodeFiles } from "./files.ts";
export { createNodeHttp } from "./http.ts";
export { createNodeMqtt } from "./mqtt.ts";
export { nodeNeighbours } from "./neighbours.ts";
export type { OpenLineOptions } from "./open-line.ts";
export { openLine } from "./open-line.ts";
export { nodePrograms } from "./programs.ts";
export { nodeRandom } from "./random.ts";
export { type Door, exposeServer, reachOut, type WorldGate } from "./sim-network.ts";
export { serveTcp, type TcpClient, type TcpServer } from "./tcp-server.ts";
