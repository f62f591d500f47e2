package dev.tenon.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenon.bus.identity.KeyAlgorithm;
import dev.tenon.bus.identity.SigningKey;
import dev.tenon.service.Sealer;
import dev.tenon.service.ServiceException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/// The keys that access tokens are signed with. The first start makes one; every start after that, on any node, finds it.
/// In the database they are sealed with a key of the node: a copy of the database signs nothing.
final class Keys {

  private record Sealed(String id, byte[] bytes) {}

  private final Vertx vertx;
  private final Pool database;
  private final Sealer sealer;

  Keys(Vertx vertx, Pool database, Sealer sealer) {
    this.vertx = vertx;
    this.database = database;
    this.sealer = sealer;
  }

  /// The keys, the newest first.
  ///
  /// @return fails with a [ServiceException] when they were sealed with another node key
  Future<List<SigningKey>> load() {
    return stored().compose(stored -> stored.isEmpty()
        ? make().compose(_ -> stored()).compose(this::open)
        : open(stored));
  }

  private Future<List<Sealed>> stored() {
    return database.query("SELECT id, sealed FROM signing_key ORDER BY created_at DESC, id").execute().map(rows -> {
      List<Sealed> all = new ArrayList<>(rows.size());
      rows.forEach(row -> all.add(new Sealed(row.getString(0), row.getBuffer(1).getBytes())));
      return all;
    });
  }

  /// Of several nodes that start at the same time, one makes the key.
  private Future<Void> make() {
    return vertx.executeBlocking(() -> SigningKey.generate(KeyAlgorithm.RS256), false)
        .compose(key -> database.withTransaction(connection -> connection.query("LOCK TABLE signing_key IN EXCLUSIVE MODE").execute()
            .compose(_ -> connection.preparedQuery(
                "INSERT INTO signing_key (id, sealed) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM signing_key)")
                .execute(Tuple.of(key.id(), Buffer.buffer(sealer.seal(purpose(key.id()), key.privateJwk().encode().getBytes(UTF_8))))))))
        .mapEmpty();
  }

  private Future<List<SigningKey>> open(List<Sealed> stored) {
    return vertx.executeBlocking(() -> stored.stream().map(this::open).toList(), false);
  }

  private SigningKey open(Sealed sealed) {
    byte[] plain = sealer.open(purpose(sealed.id()), sealed.bytes()).orElseThrow(() -> new ServiceException(
        "auth – its signing key " + sealed.id() + " was sealed with another node key – put the node.key that was used back,"
            + " or run: DELETE FROM signing_key (every access token then ends)"));
    return SigningKey.of(new JsonObject(Buffer.buffer(plain)));
  }

  private static String purpose(String id) {
    return "signing key " + id;
  }
}
