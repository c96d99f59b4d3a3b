/**
 * Package names whose exported names are all in files with `import "C"`: without cgo the import succeeds, or the package is
 * empty, and each use is `undefined`. From the packages' own sources.
 */
export const cgoPackages: ReadonlySet<string> = new Set([
  'kafka', // confluentinc/confluent-kafka-go
  'ui', // andlabs/ui
  'fsevents',
  'sqlite3', // mattn/go-sqlite3
  'gl',
  'gles2',
  'glfw',
  'gocv',
  'portaudio',
  'libseccomp',
  'zmq4',
  'sdjournal', // coreos/go-systemd
  'gosseract',
  'gst',
  'gtk',
  'gdk',
  'glib',
  'pcap', // google/gopacket: partly
  'rocksdb',
  'gorocksdb',
  'grocksdb',
  'secp256k1', // go-ethereum/crypto
  'bimg',
  'vips',
  'imagick',
  'git2go',
  'libgit2',
  'libvirt',
  'rados',
  'rbd',
  'sdl',
  'webview',
  'icuregex',
  'gozstd',
  'gousb',
  'tensorflow',
  'duckdb',
  'godror',
  'oci8',
  'wasmtime',
  'v8go',
  'robotgo',
  'nvml',
  'geos',
  'gdal',
  'oto', // on Linux: ALSA
  'portmidi',
  'rtmidi',
  'malgo',
  'openal',
  'pkcs11', // miekg/pkcs11
  'lmdb',
  'mdbx',
  'levigo',
  'hidapi',
  'ws2811', // rpi-ws281x-go
  'pdfium',
  'tflite',
  'onnxruntime_go',
  'imgui',
  'taglib',
  'chromaprint',
  'ibmmq',
]);

/** Exported names of mattn/go-sqlite3, whose files without cgo are compiled when someone builds them one by one. */
export const cgoNames = /^SQLite(?:Conn|Driver|Stmt|Tx|Rows|Result|Context|Backup)$/;

const systems = [
  'windows',
  'darwin',
  'linux',
  'freebsd',
  'openbsd',
  'netbsd',
  'solaris',
  'plan9',
  'aix',
  'android',
  'ios',
  'js',
];

/** Packages that are for one system only, by well-known path or by their last part. */
export function isPlatformPackage(path: string, goos: string | undefined): boolean {
  const normal = path.replace(/\\/g, '/').replace(/@v[^/]*/, '');
  const unix =
    goos === undefined || goos === 'windows' || goos === 'js' || goos === 'plan9' || goos === 'wasip1';
  if (/golang\.org\/x\/sys\/unix$|(?:^|\/)unix$/.test(normal)) return unix;
  if (/golang\.org\/x\/sys\/windows(?:\/\w+)?$/.test(normal)) return goos !== 'windows';
  if (
    /(?:^|\/)(?:wmi|winio|go-winio|hcsshim|go-ole|win|walk|wincred|winpty|registry|winapi|com)$/.test(normal)
  )
    return goos !== 'windows';
  if (/(?:^|\/)(?:inotify|netlink|netns|cgroups|runc|dbus-linux|evdev|fanotify|epoll)$/.test(normal))
    return goos !== undefined && goos !== 'linux';
  const last = normal.split('/').pop() ?? '';
  return systems.includes(last) && last !== goos;
}

/* Modules without C: a name that is left out in them is one of another CPU or system. */
export const purePackage =
  /golang\.org[\\/]x[\\/](?:sys|net|crypto|term)\b|prometheus[\\/]procfs|(?:boltdb|etcd-io|go\.etcd\.io)[\\/]b?bolt|creack[\\/]pty|kr[\\/]pty|vishvananda[\\/]|mitchellh[\\/]|klauspost[\\/]|minio[\\/]\w+-simd|cilium[\\/]ebpf|bytedance[\\/]sonic|modern-go[\\/]|fsnotify[\\/]|modernc\.org[\\/]|minio[\\/]asm2plan9s|shirou[\\/]gopsutil[\\/]\S{0,20}cpu|tklauser[\\/]|edsrzf[\\/]mmap-go|ncruces[\\/]|tetratelabs[\\/]wazero/;
