/** crossbow.yaml, as read and checked. Keys of `toolchains` are target ids in canonical form. */
export interface CrossbowConfig {
  /** Target or device spellings, in the order the tree shows them. */
  readonly pinned: readonly string[];
  readonly toolchains: Readonly<Record<string, ToolchainConfig>>;
  readonly defaults: BuildDefaults;
}

export interface ToolchainConfig {
  readonly cc?: string;
  readonly cxx?: string;
  readonly fc?: string;
  readonly ar?: string;
  readonly sysroot?: string;
  readonly pkgConfig?: {
    readonly command?: string;
    readonly libdir?: string;
    readonly sysrootDir?: string;
  };
  readonly cgo?: 'auto' | 'on' | 'off';
  readonly env?: Readonly<Record<string, string>>;
}

export interface BuildDefaults {
  readonly tags?: readonly string[];
  readonly ldflags?: string;
  readonly trimpath?: boolean;
  readonly cgo?: 'auto' | 'on' | 'off';
  readonly env?: Readonly<Record<string, string>>;
  /** Folder for artifacts below crossbow.yaml; default `dist`. */
  readonly output?: string;
}
