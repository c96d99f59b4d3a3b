// Command sqlite keeps a small logbook in SQLite, through cgo, and prints it as a table.
package main

import (
	"database/sql"
	"fmt"
	"log"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"

	_ "github.com/mattn/go-sqlite3"
)

type ascent struct {
	mountain string
	metres   int
	year     int
}

var firstAscents = []ascent{
	{"Mont Blanc", 4806, 1786},
	{"Matterhorn", 4478, 1865},
	{"Kilimanjaro", 5895, 1889},
	{"Denali", 6190, 1913},
	{"Chomolungma", 8849, 1953},
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("sqlite: ")

	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	// Every connection to :memory: is a database of its own.
	db.SetMaxOpenConns(1)

	if err := fill(db); err != nil {
		log.Fatal(err)
	}
	if err := show(db); err != nil {
		log.Fatal(err)
	}
}

func fill(db *sql.DB) error {
	if _, err := db.Exec(`CREATE TABLE ascents (mountain TEXT PRIMARY KEY, metres INTEGER, year INTEGER)`); err != nil {
		return err
	}
	for _, a := range firstAscents {
		if _, err := db.Exec(`INSERT INTO ascents VALUES (?, ?, ?)`, a.mountain, a.metres, a.year); err != nil {
			return err
		}
	}
	return nil
}

func show(db *sql.DB) error {
	var version string
	var average float64
	if err := db.QueryRow(`SELECT sqlite_version(), avg(metres) FROM ascents`).Scan(&version, &average); err != nil {
		return err
	}
	fmt.Printf("SQLite %s on %s/%s\n\n", version, runtime.GOOS, runtime.GOARCH)

	rows, err := db.Query(`SELECT mountain, metres, year FROM ascents ORDER BY metres DESC`)
	if err != nil {
		return err
	}
	defer rows.Close()

	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "MOUNTAIN\tMETRES\tFIRST CLIMBED")
	for rows.Next() {
		var a ascent
		if err := rows.Scan(&a.mountain, &a.metres, &a.year); err != nil {
			return err
		}
		fmt.Fprintf(table, "%s\t%d\t%d\n", a.mountain, a.metres, a.year)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Printf("%s\n%d rows, %.1f m on average\n", strings.Repeat("-", 34), len(firstAscents), average)
	return nil
}
