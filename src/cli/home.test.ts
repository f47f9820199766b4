import { expect, test } from "vitest";
import { virtualHome } from "../host/virtual/virtual-home-folder.ts";
import { homeFolder } from "./home.ts";

const linux = { platform: "linux", env: {}, userHome: "/home/ann" } as const;

test("the home is where each platform keeps a program's data, unless one is given", () => {
  expect(homeFolder(undefined, linux)).toBe("/home/ann/.local/share/plugsmith");
  expect(homeFolder(undefined, { ...linux, env: { XDG_DATA_HOME: "/data" } })).toBe("/data/plugsmith");
  expect(homeFolder(undefined, { ...linux, env: { XDG_DATA_HOME: "data" } })).toBe("/home/ann/.local/share/plugsmith");
  expect(homeFolder(undefined, { ...linux, platform: "darwin", userHome: "/Users/ann" })).toBe(
    "/Users/ann/Library/Application Support/plugsmith",
  );
  const windows = {
    platform: "win32",
    env: { LOCALAPPDATA: "C:\\Users\\ann\\AppData\\Local" },
    userHome: "C:",
  } as const;
  expect(homeFolder(undefined, windows)).toBe("C:/Users/ann/AppData/Local/plugsmith");
  expect(homeFolder("/elsewhere/", linux)).toBe("/elsewhere");
});

test("virtual plugs never share a folder with real ones", () => {
  expect(virtualHome("/h")).toBe("/h/virtual");
});
