/*
 * What which Go release brought, from the files api/go1.N.txt of the Go distribution: packages, and functions and types
 * of packages that were there before. Names that exist for some platforms only (package syscall) are left out.
 */

/** Import paths of the standard library by the release that brought them. */
export const newPackages: Readonly<Record<string, string | undefined>> = {
  context: '1.7',
  'net/http/httptrace': '1.7',
  plugin: '1.8',
  'math/bits': '1.9',
  'crypto/ed25519': '1.13',
  'hash/maphash': '1.14',
  embed: '1.16',
  'go/build/constraint': '1.16',
  'io/fs': '1.16',
  'runtime/metrics': '1.16',
  'testing/fstest': '1.16',
  'debug/buildinfo': '1.18',
  'net/netip': '1.18',
  'go/doc/comment': '1.19',
  'crypto/ecdh': '1.20',
  'runtime/coverage': '1.20',
  cmp: '1.21',
  'log/slog': '1.21',
  maps: '1.21',
  slices: '1.21',
  'testing/slogtest': '1.21',
  'go/version': '1.22',
  'math/rand/v2': '1.22',
  iter: '1.23',
  structs: '1.23',
  unique: '1.23',
  'crypto/fips140': '1.24',
  'crypto/hkdf': '1.24',
  'crypto/mlkem': '1.24',
  'crypto/pbkdf2': '1.24',
  'crypto/sha3': '1.24',
  weak: '1.24',
  'testing/synctest': '1.25',
  'crypto/hpke': '1.26',
  'crypto/mlkem/mlkemtest': '1.26',
  'testing/cryptotest': '1.26',
};

/** Packages that are in every Go: where one is missing the installation is damaged. */
export const oldPackages: ReadonlySet<string> = new Set([
  'bufio',
  'context',
  'bytes',
  'errors',
  'fmt',
  'io',
  'math',
  'net',
  'os',
  'runtime',
  'sort',
  'strconv',
  'strings',
  'sync',
  'syscall',
  'time',
  'unsafe',
  'net/http',
  'os/exec',
  'runtime/cgo',
  'sync/atomic',
  'unicode/utf8',
]);

const identifiers: Readonly<Record<string, string>> = {
  '1.8':
    'expvar.Handler http.PushOptions http.Pusher mail.ParseDate net.Buffers net.Resolver os.Executable rand.Source64 rand.Uint64 reflect.Swapper runtime.MutexProfile runtime.SetMutexProfileFraction sort.Slice sort.SliceIsSorted sort.SliceStable testing.CoverMode time.Until url.PathEscape url.PathUnescape',
  '1.9': 'fcgi.ProcessEnv fnv.New128 fnv.New128a http.ServeTLS json.Valid reflect.MakeMapWithSize sync.Map',
  '1.10':
    'asn1.MarshalWithParams hex.NewDecoder hex.NewEncoder math.Erfcinv math.Erfinv math.Round math.RoundToEven os.IsTimeout rand.Shuffle strings.Builder tar.Format template.Srcset time.LoadLocationFromTZData',
  '1.11': 'cipher.NewGCMWithTagSize http.SameSite net.ListenConfig os.UserCacheDir signal.Ignored',
  '1.12':
    'bits.Add bits.Add32 bits.Add64 bits.Div bits.Div32 bits.Div64 bits.Mul bits.Mul32 bits.Mul64 bits.Sub bits.Sub32 bits.Sub64 bytes.ReplaceAll io.StringWriter os.UserHomeDir reflect.MapIter strings.ReplaceAll',
  '1.13':
    'bytes.ToValidUTF8 errors.As errors.Is errors.Unwrap http.NewRequestWithContext log.Writer os.UserConfigDir strings.ToValidUTF8 testing.Init',
  '1.14': 'bits.Rem bits.Rem32 bits.Rem64 math.FMA',
  '1.15':
    'ecdsa.SignASN1 ecdsa.VerifyASN1 elliptic.MarshalCompressed elliptic.UnmarshalCompressed strconv.FormatComplex strconv.ParseComplex',
  '1.16':
    'filepath.WalkDir flag.Func http.FS io.NopCloser io.ReadAll io.ReadSeekCloser iotest.ErrReader iotest.TestReader log.Default os.CreateTemp os.DirEntry os.DirFS os.MkdirTemp os.ReadDir os.ReadFile os.WriteFile signal.NotifyContext template.ParseFS',
  '1.17':
    'fs.FileInfoToDirEntry http.AllowQuerySemicolons image.RGBA64Image lzw.Reader lzw.Writer reflect.VisibleFields strconv.QuotedPrefix time.UnixMicro time.UnixMilli',
  '1.18':
    'any bytes.Cut comparable http.MaxBytesHandler net.TCPAddrFromAddrPort net.UDPAddrFromAddrPort reflect.PointerTo strings.Clone strings.Cut testing.F testing.InternalFuzzTarget utf8.AppendRune',
  '1.19':
    'atomic.Bool atomic.Int32 atomic.Int64 atomic.Pointer atomic.Uint32 atomic.Uint64 atomic.Uintptr binary.AppendByteOrder binary.AppendUvarint binary.AppendVarint flag.TextVar fmt.Append fmt.Appendf fmt.Appendln http.MaxBytesError maphash.Bytes maphash.String sort.Find url.JoinPath',
  '1.20':
    'bytes.Clone bytes.CutPrefix bytes.CutSuffix context.CancelCauseFunc context.Cause context.WithCancelCause ed25519.Options ed25519.VerifyWithOptions errors.Join filepath.IsLocal fmt.FormatString http.NewResponseController http.ResponseController httputil.ProxyRequest io.NewOffsetWriter io.OffsetWriter netip.IPv6LinkLocalAllRouters netip.IPv6Loopback strings.CutPrefix strings.CutSuffix subtle.XORBytes utf16.AppendRune',
  '1.21':
    'bytes.ContainsFunc clear context.AfterFunc context.WithDeadlineCause context.WithTimeoutCause context.WithoutCancel flag.BoolFunc fs.FormatDirEntry fs.FormatFileInfo max min runtime.PanicNilError runtime.Pinner strings.ContainsFunc sync.OnceFunc sync.OnceValue sync.OnceValues testing.Testing',
  '1.22':
    'cmp.Or hex.AppendDecode hex.AppendEncode http.FileServerFS http.NewFileTransportFS http.ServeFileFS reflect.TypeFor slices.Concat slog.SetLogLoggerLevel slogtest.Run',
  '1.23':
    'atomic.AndInt32 atomic.AndInt64 atomic.AndUint32 atomic.AndUint64 atomic.AndUintptr atomic.OrInt32 atomic.OrInt64 atomic.OrUint32 atomic.OrUint64 atomic.OrUintptr binary.Append binary.Decode binary.Encode filepath.Localize http.ParseCookie http.ParseSetCookie httptest.NewRequestWithContext maps.All maps.Collect maps.Insert maps.Keys maps.Values net.KeepAliveConfig os.CopyFS reflect.SliceAt slices.All slices.AppendSeq slices.Backward slices.Chunk slices.Collect slices.Repeat slices.Sorted slices.SortedFunc slices.SortedStableFunc slices.Values tar.FileInfoNames utf16.RuneLen v2.Uint',
  '1.24':
    'bytes.FieldsFuncSeq bytes.FieldsSeq bytes.Lines bytes.SplitAfterSeq bytes.SplitSeq cipher.NewGCMWithRandomNonce encoding.BinaryAppender encoding.TextAppender http.HTTP2Config http.Protocols maphash.Comparable maphash.WriteComparable os.OpenInRoot os.OpenRoot os.Root rand.Text runtime.AddCleanup runtime.Cleanup strings.FieldsFuncSeq strings.FieldsSeq strings.Lines strings.SplitAfterSeq strings.SplitSeq subtle.WithDataIndependentTiming',
  '1.25':
    'crypto.MessageSigner crypto.SignMessage ecdsa.ParseRawPrivateKey ecdsa.ParseUncompressedPublicKey fs.Lstat fs.ReadLink fs.ReadLinkFS hash.Cloner hash.XOF http.CrossOriginProtection http.NewCrossOriginProtection reflect.TypeAssert runtime.SetDefaultGOMAXPROCS slog.GroupAttrs',
  '1.26':
    'crypto.Decapsulator crypto.Encapsulator ecdh.KeyExchanger errors.AsType fips140.Enforced fips140.Version fips140.WithoutEnforcement http.ClientConn rsa.EncryptOAEPWithOptions slog.MultiHandler slog.NewMultiHandler',
};

/** `sort.Slice` and the like by the release that brought them. */
export const newIdentifiers: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  Object.entries(identifiers).flatMap(([version, names]) => names.split(' ').map((name) => [name, version])),
);
