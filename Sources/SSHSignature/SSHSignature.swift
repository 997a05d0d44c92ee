/// The SSHSignature room.
enum SSHSignatureRoom {}
