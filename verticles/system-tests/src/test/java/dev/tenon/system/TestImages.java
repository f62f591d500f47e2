package dev.tenon.system;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// Images as the JDK's own encoders write them.
final class TestImages {

  private TestImages() {}

  /// Something like a photo: soft gradients, edges and a little noise.
  static BufferedImage photo(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, new Color(30, 90, 160), width, height, new Color(240, 200, 120)));
    pen.fillRect(0, 0, width, height);
    pen.setColor(new Color(200, 40, 30));
    pen.fillOval(width / 5, height / 4, width / 3, height / 2);
    pen.setColor(new Color(20, 120, 60));
    for (int i = 0; i < 8; i++) {
      pen.drawLine(width / 2, i * height / 8, width, i * height / 9);
    }
    pen.dispose();
    Random noise = new Random(7);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pixel = image.getRGB(x, y);
        int shift = noise.nextInt(9) - 4;
        image.setRGB(x, y, pixel & 0xff000000 | channel(pixel >> 16, shift) << 16 | channel(pixel >> 8, shift) << 8 | channel(pixel, shift));
      }
    }
    return image;
  }

  private static int channel(int value, int shift) {
    return Math.clamp((value & 255) + shift, 0, 255);
  }

  static byte[] png(BufferedImage image) {
    return encode(image, "png", ImageWriteParam.MODE_COPY_FROM_METADATA);
  }

  static byte[] jpeg(BufferedImage image) {
    return encode(image, "jpeg", ImageWriteParam.MODE_DISABLED);
  }

  static byte[] progressiveJpeg(BufferedImage image) {
    return encode(image, "jpeg", ImageWriteParam.MODE_DEFAULT);
  }

  private static byte[] encode(BufferedImage image, String format, int progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        parameters.setProgressiveMode(progressive);
      }
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
