/// A checkpoint with a cosignature, made in Python from the text of C2SP tlog-cosignature alone.
enum CosignatureVector {
    static let key =
        "witness.example.com/w1+409495ad+BGG3op9v3HIXXDPBmFc/0CioJHhGCXc+pyvvFP"
        + "lBZdYO"
    static let privateKey =
        "PRIVATE+KEY+witness.example.com/w1+409495ad+BLocVmpLrSiMIqC3URRYySylgi"
        + "zUFjLlGAbp6nXtEtE9"
    static let logKey =
        "example.com/behind-the-sofa+cbd7abb3+AZsfhHkc/HZjBFhU04netcqVRJ2HXydqg"
        + "4QLBgqznPxx"
    static let text =
        "example.com/behind-the-sofa\n20852163\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdR"
        + "WVl71HXN2d7I=\n"
    static let witnessLine =
        "— witness.example.com/w1 QJSVrQAAAABkGFDLmqNWFEuQFiIsxL/hEzfo0Id9OFsJW"
        + "syjvcxytdNwVFXAq6hq6IXewWf+KLA/1D07e8/Nhd6mbMT0bnnh+ZsZBw==\n"
    static let logLine =
        "— example.com/behind-the-sofa y9ers2E3zG50OvQBcG9MfmhvCVrDE+yf7rukBtEt"
        + "CP96gi6OeWo2GRjGEXxZo6H9LZxN8BVj/rUeBedSEiK4vwgsawE=\n"
    static var note: String { text + "\n" + logLine + witnessLine }
}
