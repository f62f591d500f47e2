package dev.tenon.worker;

import io.vertx.core.Deployable;
import io.vertx.core.Promise;
import io.vertx.core.spi.VerticleFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/// Lets any Vert.x application deploy a worker with one line: `vertx.deployVerticle("worker:path/to/folder")`. Found by Vert.x itself.
///
/// The deployment's configuration may say `egress` (`public`, the default, `all` or `none`), `vars` (an object of texts that override the worker's own) and `env` (the
/// configuration's environment). Every [BindingProvider] on the class path that is declared as a service is asked for bindings.
public final class WorkerVerticleFactory implements VerticleFactory {

  @Override
  public String prefix() {
    return "worker";
  }

  @Override
  public void createVerticle2(String verticleName, ClassLoader classLoader, Promise<Callable<? extends Deployable>> promise) {
    Path fileOrDirectory = Path.of(VerticleFactory.removePrefix(verticleName));
    List<BindingProvider> providers = ServiceLoader.load(BindingProvider.class, classLoader).stream().map(ServiceLoader.Provider::get).toList();
    promise.complete(() -> WorkerVerticle.of(fileOrDirectory, LoadOptions.DEFAULT.withProviders(providers)));
  }
}
