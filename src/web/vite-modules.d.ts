/** What the web build makes of some imports: `?worker&url`, `import.meta.glob`. */
/// <reference types="vite/client" />
