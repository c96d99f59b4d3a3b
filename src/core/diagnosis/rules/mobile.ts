import type { Rule } from '../rule.js';

/* Tools that build Go for phones look for the NDK's and Xcode's compilers themselves, before go does: gomobile, gogio, fyne. */

/**
 * x/mobile, cmd/gomobile/env.go and init.go, and fyne's copy: "no Android NDK found in $ANDROID_HOME/ndk-bundle nor in $ANDROID_NDK_HOME", "No
 * compiler for arm was found in the NDK (tried …)", "no usable NDK in …", "no Android NDK path is specified", "toolchain not installed in $GOPATH/pkg/gomobile,
 * run: gomobile init", "unsupported API version 16 (not in 19..33)"; "-os=ios requires XCode", "-target=ios requires Xcode".
 */
export const noMobileCompiler: Rule = {
  needles: [
    'android ndk',
    'in the ndk',
    'usable ndk',
    'toolchain not installed in',
    'unsupported api version',
    'requires xcode',
  ],
  pattern:
    /\b(?:no (?:usable )?Android NDK (?:was )?(?:found|path is specified)|Android NDK (?:was )?not found|no compiler for \S{1,20} was found in the NDK|no usable NDK in|toolchain not installed in \S{1,200}gomobile|unsupported API version \d{1,3} \(not in)|(?:^|\s)-?-(?:os|target)[= ]"?(?:ios|darwin|iossimulator|macos|maccatalyst)\S{0,60} requires (Xcode)/i,
  read: ([, xcode]) => ({
    cause: 'c-compiler-not-found',
    confidence: 'certain',
    layer: 'tool',
    detail: xcode === undefined ? 'no-ndk' : 'no-command-line-tools',
    title:
      xcode === undefined
        ? "Android's NDK, which brings the C compiler, was not found"
        : "Apple's compilers are not here: the target is built with Xcode, on macOS",
    facts: { compiler: 'clang', language: 'c' },
  }),
};
