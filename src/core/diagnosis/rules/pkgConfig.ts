import { goarchOf } from '../machines.js';
import type { Clue, Rule } from '../rule.js';
import { type Scene, goarchOfTarget, isNative, targetWords } from '../scene.js';

/*
 * pkg-config answers: the .pc file is not on its path, is too old, or is the host's. freedesktop's pkg-config and pkgconf
 * word it nearly alike; go passes their output on under "# pkg-config --cflags  -- name".
 */

const notFound: Rule = {
  needles: ['in the pkg-config search path', "no package '", "package '", 'was not found in the pkg'],
  pattern:
    /Package '?([\w.+-]{1,100}?)'? was not found in the pkg-config|No package '([\w.+-]{1,100})' found|Package '([\w.+-]{1,100})'(?:, required by '([^']{1,100})',)? not found/,
  read([, a, b, c, requirer], scene) {
    const name = a ?? b ?? c ?? '';
    return noPackage(
      name,
      requirer !== undefined && requirer !== 'virtual:world' ? requirer : undefined,
      scene,
    );
  },
};

function noPackage(name: string, requirer: string | undefined, scene: Scene): Clue {
  const native = isNative(scene) === true && !scene.muslSeen;
  return {
    // A build for this machine too: the machine is its target, and what is missing is the same file.
    cause: 'missing-target-library',
    confidence: 'certain',
    layer: 'headers',
    detail: 'pc-file-missing',
    title: `pkg-config knows no ${name} for ${native ? 'this machine' : targetWords(scene)}${requirer === undefined ? '' : ` (${requirer} needs it)`}`,
    facts: { pkgConfigName: name, library: name.replace(/^lib/, '') },
    key: name,
  };
}

/** "Requested 'libfoo >= 2.1' but version of libfoo is 1.0"; pkgconf: "Package 'x' has version '1.0', required version is '>= 2.1'". */
const tooOld: Rule = {
  needles: ['but version of', 'required version is', 'requirement'],
  pattern:
    /Requested '([\w.+-]{1,80}) ?[<>=]{1,2} ?([\w.~+-]{1,40})' but version of .{1,80}? is ([\w.~+-]{1,40})|Package '([\w.+-]{1,80})' has version '([\w.~+-]{1,40})', required version is '?[<>=]{0,2} ?([\w.~+-]{1,40})|Package dependency requirement '([\w.+-]{1,80}) ?[<>=]/,
  read([, a, , , b, , , c]) {
    const name = a ?? b ?? c ?? '';
    return {
      cause: 'library-too-old',
      confidence: 'certain',
      layer: 'headers',
      detail: 'pc-version',
      title: `The ${name} found is older than the package needs`,
      facts: { pkgConfigName: name, library: name.replace(/^lib/, '') },
      key: name,
    };
  },
};

/** Wrappers and build scripts of other languages that notice that they would answer for the host: no word of go's build. */
const notForCross: Rule = {
  needles: [
    'pkg-config has not been configured to support cross-compilation',
    'pkg_config_allow_cross',
    'cross-compilation detected',
  ],
  pattern: /pkg-config has not been configured to support cross-compilation|PKG_CONFIG_ALLOW_CROSS/,
  // cargo passes a build script's words on as warnings: they are of a Rust crate.
  read: (_match, _scene, { text }) =>
    /^\s*warning: /.test(text) ? undefined : hostAnswers('not-set-up-for-cross', {}),
};

/** Debian's pkg-config-crosswrapper, which `<triplet>-pkg-config` is a link to. */
const wrapperIncomplete: Rule = {
  needles: ['to use pkg-config when cross-building'],
  pattern: /Please install (dpkg-dev|\S{1,60}) to use pkg-config when cross-building/,
  read: ([, name = '']) => ({
    cause: 'pkg-config-not-found',
    confidence: 'certain',
    layer: 'headers',
    detail: 'wrapper-incomplete',
    title: `The target's pkg-config needs ${name}, which is not installed`,
    facts: { pkgConfig: 'pkg-config-crosswrapper' },
  }),
};

/** A folder of the host's libraries in a command for another CPU: it came in with a .pc file of the host. */
const hostFolderInCommand: Rule = {
  needles: ['-l/usr/lib/', '-i/usr/include/'],
  pattern: /\s-[LI]\/usr\/(?:lib|include)\/([a-z0-9_]+)-linux-gnu\w*/,
  read([, triplet = ''], scene) {
    const machine = goarchOf(triplet);
    const goarch = goarchOfTarget(scene);
    if (machine === undefined || goarch === undefined || machine === goarch || isNative(scene) === true)
      return undefined;
    return { ...hostAnswers('host-folder-in-command', { machine }), confidence: 'hint' };
  },
};

function hostAnswers(detail: string, facts: NonNullable<Clue['facts']>): Clue {
  return {
    cause: 'pkg-config-host-leak',
    confidence: 'certain',
    layer: 'headers',
    detail,
    title: 'pkg-config answers for the host instead of the target',
    facts,
  };
}

export const pkgConfigRules: readonly Rule[] = [
  notFound,
  tooOld,
  notForCross,
  wrapperIncomplete,
  hostFolderInCommand,
];
