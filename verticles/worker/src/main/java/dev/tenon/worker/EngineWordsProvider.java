package dev.tenon.worker;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;

/// How the engine finds [EngineWords].
@TruffleInstrument.Registration(id = EngineWords.ID, name = "Engine words", version = "1", services = EngineWords.Switch.class)
public final class EngineWordsProvider extends TruffleInstrumentProvider {

  @Override
  protected String getInstrumentClassName() {
    return EngineWords.class.getName();
  }

  @Override
  protected Object create() {
    return new EngineWords();
  }

  @Override
  protected Collection<String> getServicesClassNames() {
    return List.of(EngineWords.Switch.class.getName());
  }
}
