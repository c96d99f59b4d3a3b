/** A package that does the same job without C. */
export interface PureAlternative {
  /** Import paths, the nearest replacement first. */
  readonly packages: readonly string[];
  /** How near it is, in one sentence. */
  readonly note: string;
  /** Where it says of itself that it needs no cgo. */
  readonly source: string;
}

interface Row extends PureAlternative {
  /** Import paths that it stands for, without a major version's suffix. */
  readonly for: readonly string[];
}

const documentation = 'https://pkg.go.dev/';

/** Well-known bindings to C libraries, and what people take instead. Only where the replacement says it is pure Go. */
const rows: readonly Row[] = [
  {
    for: ['github.com/mattn/go-sqlite3'],
    packages: ['modernc.org/sqlite', 'github.com/ncruces/go-sqlite3/driver'],
    note: 'Both are drivers for database/sql; the driver’s name and the form of its options differ.',
    source: `${documentation}modernc.org/sqlite`,
  },
  {
    for: ['github.com/confluentinc/confluent-kafka-go/kafka'],
    packages: ['github.com/twmb/franz-go/pkg/kgo', 'github.com/segmentio/kafka-go'],
    note: 'A client for Kafka with an interface of its own.',
    source: `${documentation}github.com/twmb/franz-go/pkg/kgo`,
  },
  {
    for: ['github.com/DataDog/zstd', 'github.com/valyala/gozstd'],
    packages: ['github.com/klauspost/compress/zstd'],
    note: 'Reads and writes the same format.',
    source: `${documentation}github.com/klauspost/compress/zstd`,
  },
  {
    for: ['github.com/linxGnu/grocksdb', 'github.com/tecbot/gorocksdb'],
    packages: ['github.com/cockroachdb/pebble'],
    note: 'A key-value store that is near to RocksDB, with an interface of its own.',
    source: `${documentation}github.com/cockroachdb/pebble`,
  },
  {
    for: ['github.com/jmhodges/levigo'],
    packages: ['github.com/syndtr/goleveldb/leveldb'],
    note: 'LevelDB written in Go.',
    source: `${documentation}github.com/syndtr/goleveldb/leveldb`,
  },
  {
    for: ['github.com/libgit2/git2go'],
    packages: ['github.com/go-git/go-git/v5'],
    note: 'Git written in Go, with an interface of its own.',
    source: `${documentation}github.com/go-git/go-git/v5`,
  },
  {
    for: ['github.com/godror/godror', 'github.com/mattn/go-oci8'],
    packages: ['github.com/sijms/go-ora/v2'],
    note: 'A driver for database/sql that speaks Oracle’s protocol itself.',
    source: `${documentation}github.com/sijms/go-ora/v2`,
  },
  {
    for: ['github.com/ethereum/go-ethereum/crypto/secp256k1'],
    packages: ['github.com/decred/dcrd/dcrec/secp256k1/v4'],
    note: 'go-ethereum’s crypto package takes it by itself where cgo is off.',
    source: `${documentation}github.com/decred/dcrd/dcrec/secp256k1/v4`,
  },
  {
    for: ['github.com/seccomp/libseccomp-golang'],
    packages: ['github.com/elastic/go-seccomp-bpf'],
    note: 'Makes seccomp filters without libseccomp, with an interface of its own.',
    source: `${documentation}github.com/elastic/go-seccomp-bpf`,
  },
  {
    for: ['github.com/google/gopacket/pcap', 'github.com/gopacket/gopacket/pcap'],
    packages: ['github.com/gopacket/gopacket/pcapgo'],
    note: 'Reads and writes capture files everywhere, and captures on Linux.',
    source: `${documentation}github.com/gopacket/gopacket/pcapgo`,
  },
];

/** The alternative to a package, if one is known. */
export function pureAlternative(importPath: string): PureAlternative | undefined {
  const plain = importPath.replace(/\/v\d+(?=\/|$)/, '');
  const row = rows.find((it) => it.for.includes(plain));
  return row && { packages: row.packages, note: row.note, source: row.source };
}
