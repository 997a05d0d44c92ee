/// The Proxy room.
enum ProxyRoom {}
