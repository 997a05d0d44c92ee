/// Keeps every council away from a folder's databases while files that belong to them change.
package final class StoreHold: Sendable {
    private let folder: StoreFolder

    /// Takes the folder.
    ///
    /// - Throws: ``StoreError``; ``StoreError/inUse(path:)`` while a council runs.
    package init(path: String) throws(StoreError) {
        folder = try StoreFolder(path: path)
    }

    /// Gives it back.
    package func release() { folder.close() }
}
