/// Rows of text under headings, each column as wide as its widest cell.
struct Columns {
    private let headings: [String]
    private var rows: [[String]] = []

    init(_ headings: String...) { self.headings = headings }

    /// Adds a row; what a peer wrote in it is made safe to show.
    mutating func add(_ cells: String...) {
        rows.append(cells.map { Output.plain($0) })
    }

    /// Writes headings and rows to standard output; nothing at all when there is no row.
    func write() throws(Complaint) {
        guard !rows.isEmpty else { return }
        try Output.data(Style.data.dim(line(headings)))
        for row in rows { try Output.data(line(row)) }
    }

    private func line(_ cells: [String]) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() {
            text += cell
            guard index < cells.count - 1 else { break }
            text += String(repeating: " ", count: width(of: index) - cell.count + 2)
        }
        return text
    }

    private func width(of column: Int) -> Int {
        ([headings] + rows).map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
}
