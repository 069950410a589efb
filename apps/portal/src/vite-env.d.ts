/// <reference types="vite/client" />

interface ImportMetaEnv {
  readonly SLIPWAY_VERSION: string;
}
